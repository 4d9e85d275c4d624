-- 0003: When something is due: the hours an authority keeps, and what each conversation owes since when. Lists are read by it.
CREATE TABLE business_calendar (
    id      BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    version BIGINT NOT NULL          -- counts up with each change, so that what was computed by an older one is computed anew
);
INSERT INTO business_calendar (id, version) VALUES (1, 1);

-- Minutes since midnight. A weekday (1 is Monday) that is missing is off; one with a break has two rows.
CREATE TABLE business_hours (
    weekday BIGINT NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    opens   BIGINT NOT NULL CHECK (opens >= 0),
    closes  BIGINT NOT NULL CHECK (closes <= 1440),
    PRIMARY KEY (weekday, opens),
    CHECK (opens < closes)
);
INSERT INTO business_hours (weekday, opens, closes) VALUES (1, 480, 1020), (2, 480, 1020), (3, 480, 1020), (4, 480, 1020), (5, 480, 1020);

-- Closed besides the holidays of the Land: Christmas Eve, carnival, a holiday of this municipality alone. Days since 1970.
CREATE TABLE closed_day (
    day  BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
);

ALTER TABLE conversation ADD COLUMN owed_since BIGINT;                 -- since when somebody owes an answer
ALTER TABLE conversation ADD COLUMN due_at BIGINT NOT NULL DEFAULT 0;  -- by when
ALTER TABLE conversation ADD COLUMN due_by BIGINT NOT NULL DEFAULT 0;  -- the calendar's version that says so
ALTER TABLE conversation ADD COLUMN moved_at BIGINT NOT NULL DEFAULT 0;  -- when it last was heard, answered, closed or reopened
UPDATE conversation SET moved_at = last_at, owed_since = CASE WHEN state = 'open' THEN last_at END;

DROP INDEX conversation_by_state;
DROP INDEX conversation_by_assignee;
DROP INDEX conversation_by_time;
CREATE INDEX conversation_by_due ON conversation (state, due_at, last_at DESC, id DESC);
CREATE INDEX conversation_of_assignee_by_due ON conversation (assignee_id, state, due_at, last_at DESC, id DESC);
CREATE INDEX conversation_by_move ON conversation (state, moved_at, id);
CREATE INDEX conversation_by_time ON conversation (moved_at, id);
CREATE INDEX conversation_due_anew ON conversation (due_by, id) WHERE state = 'open';
