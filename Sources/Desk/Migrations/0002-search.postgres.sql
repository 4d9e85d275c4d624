-- 0002: What can be searched: our own folded words of each message, by message id.
CREATE TABLE message_search (
    message_id BIGINT PRIMARY KEY,
    words      tsvector NOT NULL
);
CREATE INDEX message_search_words ON message_search USING gin (words) WITH (fastupdate = off);
