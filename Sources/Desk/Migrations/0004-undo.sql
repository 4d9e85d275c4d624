-- 0004: A closing can be undone: what it closed, and what that was before.
ALTER TABLE conversation ADD COLUMN closed_from TEXT CHECK (closed_from IN ('open', 'waiting', 'answered'));
ALTER TABLE conversation ADD COLUMN closing TEXT;  -- the token of the deed, which may have closed many
CREATE INDEX conversation_of_closing ON conversation (closing) WHERE closing IS NOT NULL;
