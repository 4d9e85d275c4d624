-- 0012: One post and everything under it.
CREATE INDEX conversation_of_thread ON conversation (thread, state, moved_at, id);
CREATE INDEX post_ours ON post (written_at, id) WHERE is_ours AND parent_local_id IS NULL;
