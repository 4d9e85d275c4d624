-- 0019: Pictures that their writer calls sensitive are not shown in lists. Of those that are here already nobody knows: they count as such.
ALTER TABLE message ADD COLUMN is_sensitive BOOLEAN NOT NULL DEFAULT false;
UPDATE message SET is_sensitive = true WHERE id IN (SELECT message_id FROM media WHERE kind <> 'emoji');
