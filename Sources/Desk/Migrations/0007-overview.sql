-- 0007: What somebody wants to know who comes back: what hangs, what was taken away, how much came in.
CREATE INDEX delivery_troubled ON delivery (conversation_id) WHERE state IN ('failed', 'unclear');
CREATE INDEX message_taken_away ON message (removed_at) WHERE removed_by = 'network';
CREATE INDEX message_by_arrival ON message (received_at) WHERE direction = 'in';
