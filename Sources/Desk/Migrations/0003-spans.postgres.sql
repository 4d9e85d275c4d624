-- 0003: Each message can be found by its span of 16,384 ids, so that what is sought is sought among the newest first.
UPDATE message_search SET words = words || array_to_tsvector(ARRAY['#' || (message_id >> 14)]);
