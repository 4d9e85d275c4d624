-- Asked for by the same words only: PostgreSQL joined it with other indexes to find what is open, and then had all of that to sort.
DROP INDEX conversation_due_anew;
CREATE INDEX conversation_due_anew ON conversation (due_by, id) WHERE COALESCE(state, '') IN ('open', 'waiting');
