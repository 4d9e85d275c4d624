-- 0017: What the figures are counted from: as what a citizen's message came.
ALTER TABLE message ADD COLUMN came_as TEXT CHECK (came_as IN (
    'question',  -- it made us owe an answer
    'addition',  -- an answer was owed already
    'history'    -- fetched from the time before the account was connected
));
CREATE INDEX follow_up_by_setting ON follow_up (set_at);

-- For what is there already the record says it: history stands in it later than it arrived.
UPDATE message SET came_as = 'addition' WHERE direction = 'in';
UPDATE message SET came_as = 'question' WHERE id IN (
    SELECT event.message_id FROM event JOIN message AS told ON told.id = event.message_id
    WHERE event.verb = 'message_received' AND (event.detail = 'reopened' OR NOT EXISTS (
        SELECT 1 FROM message AS earlier
        WHERE earlier.conversation_id = told.conversation_id AND earlier.direction = 'in' AND earlier.id < told.id)));
UPDATE message SET came_as = 'history' WHERE id IN (
    SELECT event.message_id FROM event JOIN message AS told ON told.id = event.message_id
    WHERE event.verb = 'message_received' AND told.received_at < event.at);
