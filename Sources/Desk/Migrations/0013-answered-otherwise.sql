-- 0013: An answer that was not given here: on the telephone, or at the network where we could not hear it. A note says so.
ALTER TABLE message ADD COLUMN answered_by TEXT CHECK (answered_by IN ('telephone', 'there'));
