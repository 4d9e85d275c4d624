-- 0001: The desk: who works at it, what it is connected to, what came in, what was made of it, what goes out, and the record of it all.
-- Times are milliseconds since 1970, UTC. Nothing here happens by trigger: each station writes its own rows.

CREATE TABLE authority (
    id        BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    name      TEXT NOT NULL,
    kind      TEXT NOT NULL CHECK (kind IN ('city', 'district', 'police', 'fire', 'ministry', 'federal_agency',
                                            'state_agency', 'transport', 'utility', 'other')),
    land      TEXT NOT NULL,
    address   TEXT NOT NULL CHECK (address IN ('du', 'sie')),
    set_up_at BIGINT NOT NULL
);

CREATE TABLE colleague (
    id        BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name      TEXT NOT NULL,
    email     TEXT NOT NULL UNIQUE,  -- in lower case
    role      TEXT NOT NULL CHECK (role IN ('admin', 'editor', 'reader')),
    language  TEXT NOT NULL DEFAULT 'de' CHECK (language IN ('de', 'en')),
    password  TEXT,                  -- scrypt, with salt and costs; none until they choose one
    joined_at BIGINT NOT NULL,
    left_at   BIGINT
);

-- One use each. Without a colleague it opens the first set-up. Only the digest lies here: who reads the database can't sign in.
CREATE TABLE sign_in_link (
    digest       BLOB NOT NULL PRIMARY KEY,
    colleague_id BIGINT REFERENCES colleague (id),
    expires_at   BIGINT NOT NULL
);

CREATE TABLE session (
    id           BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    digest       BLOB NOT NULL UNIQUE,
    colleague_id BIGINT NOT NULL REFERENCES colleague (id),
    device       TEXT NOT NULL,
    began_at     BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL
);
CREATE INDEX session_of_colleague ON session (colleague_id);

-- Wrong guesses at sign-in, by address and by machine, so that guessing gets slow on every node at once.
CREATE TABLE guess (
    subject TEXT NOT NULL PRIMARY KEY,
    wrong   BIGINT NOT NULL,
    until   BIGINT NOT NULL
);
CREATE INDEX guess_by_end ON guess (until);

CREATE TABLE channel (
    id             BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    network        TEXT NOT NULL,
    account        TEXT NOT NULL,   -- the network's global name of the connected account
    handle         TEXT NOT NULL,
    profile        TEXT NOT NULL,   -- what the adapter needs to know beside the token, as its JSON
    token          BLOB NOT NULL,   -- sealed with a key that is not in this database
    key_id         TEXT NOT NULL,
    lacks          TEXT NOT NULL DEFAULT '',  -- abilities that its server turned out not to offer, a space between
    state          TEXT NOT NULL CHECK (state IN ('connected', 'token_expired', 'disconnected')),
    connected_at   BIGINT NOT NULL,
    import_from    BIGINT NOT NULL, -- how far back the first reconcile goes
    cursor         TEXT,
    heard_at       BIGINT,          -- the last sign of life
    reconciled_at  BIGINT,          -- complete as of
    reach_from     BIGINT,          -- … for what was written since
    trouble        TEXT,            -- why the last look failed, one word
    trouble_with   TEXT CHECK (trouble_with IN ('stream', 'poll', 'reconcile')),  -- which look it was: it ends when that one succeeds
    trouble_since  BIGINT,
    rests_until    BIGINT NOT NULL DEFAULT 0,  -- the network asked us to wait with sending
    listener       TEXT,            -- token of the node that listens
    listener_until BIGINT NOT NULL DEFAULT 0,
    UNIQUE (network, account)
);

-- A sign-in at a network that has begun. What it takes to end it is sealed.
CREATE TABLE pending_admission (
    state        BLOB NOT NULL PRIMARY KEY,   -- the digest of the word that comes back with the browser
    colleague_id BIGINT NOT NULL REFERENCES colleague (id),
    sealed       BLOB NOT NULL,
    expires_at   BIGINT NOT NULL
);

-- The journal: what came in, once. Its key stays when its bytes have gone, so that nothing erased comes back.
CREATE TABLE item (
    id          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    channel_id  BIGINT NOT NULL REFERENCES channel (id),
    object      TEXT NOT NULL,
    verb        TEXT NOT NULL,
    version     TEXT NOT NULL,
    origin      TEXT NOT NULL CHECK (origin IN ('stream', 'poll', 'reconcile', 'import')),
    received_at BIGINT NOT NULL,
    bytes       BLOB,
    state       TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'taken_in', 'not_understood', 'removed')),
    why         TEXT,               -- what was not understood, in the adapter's words
    tries       BIGINT NOT NULL DEFAULT 0,
    due_at      BIGINT NOT NULL,
    UNIQUE (channel_id, object, verb, version),
    CHECK ((state = 'not_understood') = (why IS NOT NULL))
);
CREATE INDEX item_waiting ON item (channel_id, id) WHERE state = 'waiting';
CREATE INDEX item_not_understood ON item (channel_id, id) WHERE state = 'not_understood';
CREATE INDEX item_bytes_by_age ON item (received_at) WHERE bytes IS NOT NULL;
CREATE INDEX item_object ON item (object);
CREATE INDEX item_deletion_by_age ON item (received_at) WHERE verb = 'delete';

-- What each channel's server calls a thing of the network: the same thing is known by another name on each.
CREATE TABLE local_name (
    channel_id BIGINT NOT NULL REFERENCES channel (id),
    local_id   TEXT NOT NULL,
    object     TEXT NOT NULL,
    PRIMARY KEY (channel_id, local_id)
);

CREATE TABLE citizen (
    id           BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    network      TEXT NOT NULL,
    account      TEXT NOT NULL,     -- the network's global name
    handle       TEXT NOT NULL,
    display_name TEXT NOT NULL,
    profile_url  TEXT,
    is_bot       BOOLEAN NOT NULL DEFAULT false,
    erased_at    BIGINT,
    UNIQUE (network, account)
);

-- Posts that conversations stand under: our own, and what else stands above a message.
CREATE TABLE post (
    id          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    channel_id  BIGINT NOT NULL REFERENCES channel (id),
    network     TEXT NOT NULL,
    object      TEXT NOT NULL,
    local_id    TEXT NOT NULL,
    thread      TEXT NOT NULL,      -- the object at the root of its thread
    is_ours     BOOLEAN NOT NULL,
    citizen_id  BIGINT REFERENCES citizen (id),
    text        TEXT NOT NULL,
    warning     TEXT,
    visibility  TEXT NOT NULL CHECK (visibility IN ('public', 'private')),
    url         TEXT,
    poll        TEXT,
    likes       BIGINT NOT NULL DEFAULT 0,
    shares      BIGINT NOT NULL DEFAULT 0,
    written_at  BIGINT NOT NULL,
    edited_at   BIGINT,
    removed_at  BIGINT,
    UNIQUE (network, object),
    CHECK (is_ours = (citizen_id IS NULL))
);
CREATE INDEX post_standing ON post (channel_id, id) WHERE removed_at IS NULL;
CREATE INDEX post_of_citizen ON post (citizen_id);

CREATE TABLE conversation (
    id              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    channel_id      BIGINT NOT NULL REFERENCES channel (id),
    citizen_id      BIGINT NOT NULL REFERENCES citizen (id),
    thread          TEXT NOT NULL,  -- the object at the root; for a private correspondence the channel
    visibility      TEXT NOT NULL CHECK (visibility IN ('public', 'private')),
    state           TEXT NOT NULL CHECK (state IN ('open', 'waiting', 'answered', 'closed')),
    closed_because  TEXT CHECK (closed_because IN ('answered', 'no_reply_needed')),
    assignee_id     BIGINT REFERENCES colleague (id),
    last_message_id BIGINT,         -- the citizen's newest
    last_at         BIGINT NOT NULL,
    UNIQUE (citizen_id, thread),
    CHECK ((state = 'closed') = (closed_because IS NOT NULL))
);
CREATE INDEX conversation_by_state ON conversation (state, last_at, id);
CREATE INDEX conversation_by_assignee ON conversation (assignee_id, state, last_at, id);
CREATE INDEX conversation_by_time ON conversation (last_at, id);

CREATE TABLE message (
    id                 BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    conversation_id    BIGINT NOT NULL REFERENCES conversation (id),
    channel_id         BIGINT NOT NULL REFERENCES channel (id),
    network            TEXT NOT NULL,
    direction          TEXT NOT NULL CHECK (direction IN ('in', 'out', 'note')),
    object             TEXT,        -- none for a note, and for a reply until its network took it
    local_id           TEXT,
    citizen_id         BIGINT REFERENCES citizen (id),
    colleague_id       BIGINT REFERENCES colleague (id),  -- none where a colleague answered in the network's own app
    text               TEXT NOT NULL,
    warning            TEXT,
    language           TEXT,
    visibility         TEXT NOT NULL CHECK (visibility IN ('public', 'private')),
    network_visibility TEXT NOT NULL,
    parent_local_id    TEXT,
    url                TEXT,
    poll               TEXT,
    likes              BIGINT NOT NULL DEFAULT 0,
    shares             BIGINT NOT NULL DEFAULT 0,
    is_liked           BOOLEAN NOT NULL DEFAULT false,
    revision           BIGINT NOT NULL DEFAULT 0,
    received_at        BIGINT NOT NULL,
    written_at         BIGINT NOT NULL,
    edited_at          BIGINT,
    removed_at         BIGINT,
    removed_by         TEXT CHECK (removed_by IN ('network', 'colleague', 'erasure', 'withdrawal')),
    UNIQUE (network, object),
    CHECK ((removed_at IS NULL) = (removed_by IS NULL)),
    CHECK (removed_at IS NULL OR text = ''),
    CHECK ((direction = 'in') = (citizen_id IS NOT NULL)),
    CHECK (direction <> 'note' OR (colleague_id IS NOT NULL AND object IS NULL))
);
CREATE INDEX message_of_conversation ON message (conversation_id, id);
CREATE INDEX message_local ON message (channel_id, local_id);
CREATE INDEX message_standing ON message (channel_id, id) WHERE local_id IS NOT NULL AND removed_at IS NULL;
CREATE INDEX message_of_citizen ON message (citizen_id, id);

-- What a message said before it was edited.
CREATE TABLE earlier_text (
    id         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message_id BIGINT NOT NULL REFERENCES message (id),
    text       TEXT NOT NULL,
    warning    TEXT,
    written_at BIGINT NOT NULL
);
CREATE INDEX earlier_text_of_message ON earlier_text (message_id, written_at);

-- A picture or another file, of a message, a post or a draft. The bytes lie in a file named by their hash.
CREATE TABLE media (
    id           BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message_id   BIGINT REFERENCES message (id),
    post_id      BIGINT REFERENCES post (id),
    draft_of     BIGINT REFERENCES colleague (id),      -- with draft_in: not sent yet
    draft_in     BIGINT REFERENCES conversation (id),
    kind         TEXT NOT NULL CHECK (kind IN ('image', 'video', 'audio', 'file', 'emoji')),
    source       TEXT,              -- where to fetch it
    alt_text     TEXT,
    name         TEXT,              -- of an emoji its code
    type         TEXT,
    digest       TEXT,
    size         BIGINT,
    state        TEXT NOT NULL CHECK (state IN ('waiting', 'stored', 'failed', 'too_large')),
    tries        BIGINT NOT NULL DEFAULT 0,
    due_at       BIGINT NOT NULL,
    CHECK ((state = 'stored') = (digest IS NOT NULL)),
    CHECK ((draft_of IS NULL) = (draft_in IS NULL))
);
CREATE INDEX media_of_message ON media (message_id, id);
CREATE INDEX media_of_post ON media (post_id, id);
CREATE INDEX media_of_draft ON media (draft_in, draft_of, id);
CREATE INDEX media_waiting ON media (due_at) WHERE state = 'waiting';
CREATE INDEX media_digest ON media (digest);
CREATE INDEX media_emoji ON media (source) WHERE kind = 'emoji' AND digest IS NOT NULL;

-- A file that no row needs any more; swept 40 days later, or at once after an erasure.
CREATE TABLE unused_file (
    digest   TEXT NOT NULL PRIMARY KEY,
    sweep_at BIGINT NOT NULL
);

CREATE TABLE draft (
    conversation_id BIGINT NOT NULL REFERENCES conversation (id),
    colleague_id    BIGINT NOT NULL REFERENCES colleague (id),
    text            TEXT NOT NULL,
    warning         TEXT,
    saved_at        BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, colleague_id)
);

-- Who is answering. Its end is computed and judged by the database's clock.
CREATE TABLE answer_lease (
    conversation_id BIGINT NOT NULL PRIMARY KEY REFERENCES conversation (id),
    colleague_id    BIGINT NOT NULL REFERENCES colleague (id),
    taken_at        BIGINT NOT NULL,
    until           BIGINT NOT NULL
);

-- An act that waits for its network. A reply's is written in the same transaction as its message, so that a crash loses neither;
-- from then on only the courier changes it, and the colleague who takes it back or settles it.
CREATE TABLE delivery (
    id              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    channel_id      BIGINT NOT NULL REFERENCES channel (id),
    conversation_id BIGINT NOT NULL REFERENCES conversation (id),
    message_id      BIGINT NOT NULL REFERENCES message (id),
    act             TEXT NOT NULL CHECK (act IN ('reply', 'edit', 'delete', 'like', 'unlike')),
    text            TEXT,           -- the new text of an edit
    key             TEXT NOT NULL UNIQUE,
    letter          TEXT NOT NULL,  -- the form's token: the parts of one long answer share it
    colleague_id    BIGINT NOT NULL REFERENCES colleague (id),
    state           TEXT NOT NULL DEFAULT 'waiting'
                    CHECK (state IN ('waiting', 'claimed', 'sending', 'delivered', 'failed', 'unclear', 'withdrawn')),
    claim           TEXT,           -- token of the node that has it; whoever lost it may not send
    claim_until     BIGINT NOT NULL DEFAULT 0,
    due_at          BIGINT NOT NULL,
    tries           BIGINT NOT NULL DEFAULT 0,
    first_sent_at   BIGINT,         -- when the first try began whose fate nobody knows: since then it may be public
    failure         TEXT,
    failure_detail  TEXT,
    ended_at        BIGINT,
    CHECK ((state = 'failed') = (failure IS NOT NULL)),
    CHECK ((state IN ('claimed', 'sending')) = (claim IS NOT NULL)),
    CHECK (act = 'edit' OR text IS NULL)
);
CREATE INDEX delivery_due ON delivery (channel_id, due_at, id) WHERE state IN ('waiting', 'claimed', 'sending');
CREATE INDEX delivery_of_conversation ON delivery (conversation_id, id);
CREATE INDEX delivery_of_message ON delivery (message_id, id);
CREATE INDEX delivery_of_letter ON delivery (letter, id);

-- Why something was done, where its verb asks for it. Erasing takes text and salt together; the record keeps the salted hash.
CREATE TABLE reason (
    id        BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    salt      BLOB,
    text      TEXT,
    erased_at BIGINT,
    CHECK ((salt IS NULL) = (text IS NULL)),
    CHECK ((text IS NULL) = (erased_at IS NOT NULL))
);

-- The record and the live feed: ids, verbs, actors and times, never a text. Written unsealed in the deed's own transaction; the sealer
-- gives committed events their gap-free number and their hash. No foreign keys: what an event speaks of may be gone.
CREATE TABLE event (
    id              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number          BIGINT UNIQUE,
    hash            BLOB,
    format          BIGINT NOT NULL DEFAULT 1,
    verb            TEXT NOT NULL,
    actor           TEXT NOT NULL CHECK (actor IN ('colleague', 'citizen', 'network', 'operator', 'schalter')),
    actor_id        BIGINT,
    at              BIGINT NOT NULL,
    channel_id      BIGINT,
    conversation_id BIGINT,
    message_id      BIGINT,
    delivery_id     BIGINT,
    citizen_id      BIGINT,
    colleague_id    BIGINT,
    detail          TEXT,
    reason_id       BIGINT,
    reason_digest   BLOB,
    CHECK ((number IS NULL) = (hash IS NULL)),
    CHECK ((reason_id IS NULL) = (reason_digest IS NULL))
);
CREATE INDEX event_unsealed ON event (id) WHERE number IS NULL;
CREATE INDEX event_of_conversation ON event (conversation_id, id);

-- Which folder holds the media: the mark in it. A node with another folder would show gaps and fill them in the wrong place.
CREATE TABLE media_folder (
    id   BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    mark TEXT NOT NULL
);

-- Work that is due once a day, and when it was last begun, so that a night without the program is made up for.
CREATE TABLE chore (
    name     TEXT NOT NULL PRIMARY KEY,
    begun_at BIGINT NOT NULL
);

CREATE TABLE record_head (
    id     BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    number BIGINT NOT NULL,
    hash   BLOB NOT NULL
);

