-- 0008: Lists that are narrowed to one channel, or to one citizen. The rest is looked through.
CREATE INDEX conversation_of_channel ON conversation (channel_id, state, moved_at, id);
CREATE INDEX conversation_of_citizen ON conversation (citizen_id, moved_at, id);
