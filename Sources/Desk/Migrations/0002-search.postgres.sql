-- 0002: What can be searched: our own folded words of each message, by message id.
CREATE TABLE message_search (
    message_id BIGINT PRIMARY KEY,
    words      tsvector NOT NULL
);
CREATE INDEX message_search_words ON message_search USING gin (words) WITH (fastupdate = off);

-- PostgreSQL keeps samples of what columns hold, to plan by. Of people's words it keeps none: a sample would outlive an erasure.
ALTER TABLE message_search ALTER COLUMN words SET STATISTICS 0;
ALTER TABLE message ALTER COLUMN text SET STATISTICS 0, ALTER COLUMN warning SET STATISTICS 0, ALTER COLUMN poll SET STATISTICS 0,
    ALTER COLUMN url SET STATISTICS 0;
ALTER TABLE earlier_text ALTER COLUMN text SET STATISTICS 0, ALTER COLUMN warning SET STATISTICS 0;
ALTER TABLE post ALTER COLUMN text SET STATISTICS 0, ALTER COLUMN warning SET STATISTICS 0, ALTER COLUMN poll SET STATISTICS 0,
    ALTER COLUMN url SET STATISTICS 0;
ALTER TABLE citizen ALTER COLUMN handle SET STATISTICS 0, ALTER COLUMN display_name SET STATISTICS 0,
    ALTER COLUMN profile_url SET STATISTICS 0;
ALTER TABLE media ALTER COLUMN alt_text SET STATISTICS 0, ALTER COLUMN name SET STATISTICS 0, ALTER COLUMN source SET STATISTICS 0;
ALTER TABLE draft ALTER COLUMN text SET STATISTICS 0, ALTER COLUMN warning SET STATISTICS 0;
ALTER TABLE delivery ALTER COLUMN text SET STATISTICS 0;
ALTER TABLE reason ALTER COLUMN text SET STATISTICS 0;
ALTER TABLE item ALTER COLUMN bytes SET STATISTICS 0;
