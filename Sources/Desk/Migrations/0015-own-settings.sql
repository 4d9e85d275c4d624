-- 0015: How a colleague likes their desk, on every machine they sign in from.
ALTER TABLE colleague ADD COLUMN density TEXT NOT NULL DEFAULT 'dense' CHECK (density IN ('dense', 'airy'));
ALTER TABLE colleague ADD COLUMN uses_keys BOOLEAN NOT NULL DEFAULT true;  -- single letters are deeds
ALTER TABLE colleague ADD COLUMN signature TEXT;  -- what their answers end with; none where they end as written
