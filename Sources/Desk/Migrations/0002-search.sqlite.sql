-- 0002: What can be searched: our own folded words of each message, by message id. FTS5's `ascii` leaves our tokens as they are.
CREATE VIRTUAL TABLE message_search USING fts5 (words, tokenize = 'ascii', detail = none, columnsize = 0);
