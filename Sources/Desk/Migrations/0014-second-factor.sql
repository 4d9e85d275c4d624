-- 0014: A second factor at sign-in: the code of an app, asked for after the password or the one-time link.
CREATE TABLE second_factor (
    colleague_id BIGINT NOT NULL PRIMARY KEY REFERENCES colleague (id),
    secret       BLOB NOT NULL,             -- sealed with a key that is not in this database
    key_id       TEXT NOT NULL,
    confirmed_at BIGINT,                    -- none until the app's first right code: before it nothing is asked for
    last_step    BIGINT NOT NULL DEFAULT 0  -- the 30 seconds of the last code that opened something: each opens once
);

-- For who has lost their phone, one use each. Only the digest lies here.
CREATE TABLE recovery_code (
    digest       BLOB NOT NULL PRIMARY KEY,
    colleague_id BIGINT NOT NULL REFERENCES colleague (id)
);
CREATE INDEX recovery_code_of_colleague ON recovery_code (colleague_id);

-- Password or link were right, and the code is missing still. What the link was for is done with the code, not before it.
CREATE TABLE begun_sign_in (
    digest       BLOB NOT NULL PRIMARY KEY,
    colleague_id BIGINT NOT NULL REFERENCES colleague (id),
    link         BLOB,                      -- the digest of the one-time link, which is used up by the code
    password     TEXT,                      -- chosen with it, as a colleague's password lies here
    expires_at   BIGINT NOT NULL
);
CREATE INDEX begun_sign_in_of_colleague ON begun_sign_in (colleague_id);
