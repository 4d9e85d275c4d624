-- 0002: What can be searched: our own folded words of each message, by message id. FTS5's `ascii` leaves our tokens as they are.
-- Beginnings of two to four letters fit so many words that they need an index of their own.
CREATE VIRTUAL TABLE message_search USING fts5 (words, tokenize = 'ascii', prefix = '2 3 4', detail = none, columnsize = 0);
