CREATE TABLE account_changes (
    version INTEGER PRIMARY KEY AUTOINCREMENT,
    folded TEXT NOT NULL,
    change TEXT NOT NULL,
    at_ms INTEGER NOT NULL
, detail TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE accounts (
    folded TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    hash TEXT NOT NULL,
    role TEXT NOT NULL,
    status TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_head (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT;

CREATE TABLE certificates (
    fingerprint TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    bound_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE channel_lists (
    channel TEXT NOT NULL,
    list TEXT NOT NULL,
    mask TEXT NOT NULL,
    set_by TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (channel, list, mask)
) STRICT, WITHOUT ROWID;

CREATE TABLE channel_roles (
    channel TEXT NOT NULL,
    account TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (channel, account)
) STRICT, WITHOUT ROWID;

CREATE TABLE channels (
    folded TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    flags TEXT NOT NULL,
    key TEXT NOT NULL,
    user_limit INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE deliveries (
    account TEXT NOT NULL,
    device TEXT NOT NULL,
    stream INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (account, device, stream)
) STRICT, WITHOUT ROWID;

CREATE TABLE login_guard (
    kind TEXT NOT NULL,
    account TEXT NOT NULL,
    place TEXT NOT NULL,
    strikes REAL NOT NULL,
    in_a_row INTEGER NOT NULL,
    failed_ms INTEGER NOT NULL,
    right_ms INTEGER NOT NULL,
    UNIQUE (account, kind, place)
) STRICT;

CREATE TABLE markers (
    account TEXT NOT NULL,
    target TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (account, target)
) STRICT, WITHOUT ROWID;

CREATE TABLE memberships (
    account TEXT NOT NULL,
    channel TEXT NOT NULL,
    shown TEXT NOT NULL,
    PRIMARY KEY (account, channel)
) STRICT, WITHOUT ROWID;

CREATE TABLE messages (
    stream INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    account TEXT NOT NULL,
    source TEXT NOT NULL,
    command TEXT NOT NULL,
    target TEXT NOT NULL,
    text TEXT NOT NULL,
    client_tags TEXT NOT NULL, once TEXT, said INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (stream, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE metadata (
    kind TEXT NOT NULL,
    owner TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (kind, owner, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE one_time (
    account TEXT PRIMARY KEY,
    until_ms INTEGER NOT NULL,
    used INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE recovery_codes (
    account TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (account, hash)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE search USING fts5(
    text, nick, place, content = '', columnsize = 0,
    tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE sessions (
    number INTEGER PRIMARY KEY,
    folded TEXT NOT NULL,
    account TEXT NOT NULL,
    device TEXT NOT NULL,
    address TEXT NOT NULL,
    security TEXT NOT NULL,
    since_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE streams (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    a TEXT NOT NULL,
    b TEXT NOT NULL,
    newest INTEGER NOT NULL,
    UNIQUE (kind, a, b)
) STRICT;

CREATE TABLE totp (
    account TEXT PRIMARY KEY,
    key TEXT NOT NULL,
    last_step INTEGER NOT NULL,
    since_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX certificates_of ON certificates (account);

CREATE INDEX pairs ON streams (b) WHERE kind = 'pair';

CREATE UNIQUE INDEX said ON messages (said) WHERE said > 0;

CREATE UNIQUE INDEX said_once ON messages (stream, account, once)
WHERE once IS NOT NULL;

CREATE INDEX topics ON messages (stream, seq) WHERE command = 'TOPIC';

INSERT INTO accounts VALUES ('ann', 'Ann', '$argon2id$ann', 'OPERATOR', 'ENABLED', 1767000000000, 1);

INSERT INTO accounts VALUES ('bob', 'bob', '$argon2id$bob', 'MEMBER', 'DISABLED', 1767000000000, 3);

INSERT INTO account_changes (version, folded, change, at_ms) VALUES (1, 'ann', 'ADDED', 1767000000000), (2, 'bob', 'ADDED', 1767000000000), (3, 'bob', 'DISABLED', 1767000000001);

INSERT INTO memberships VALUES ('ann', '#tea', '#Tea');

INSERT INTO streams VALUES (1, 'channel', '#tea', '', 7), (2, 'pair', 'ann', 'bob', 1);

INSERT INTO messages VALUES (1, 1, 1767225600000, 'Ann', 'Ann!~Ann@h', 'PRIVMSG', '#Tea', 'milk? ☕', '+draft/reply=1-1', NULL, 1);

INSERT INTO messages VALUES (1, 2, 1767225600001, 'bob', 'bob!~bob@h', 'TOPIC', '#Tea', 'of tea', '', NULL, 0);

INSERT INTO messages VALUES (2, 1, 1767225600002, 'bob', 'bob!~bob@h', 'NOTICE', 'Ann', 'to ann', '', NULL, 2);

INSERT INTO channels VALUES ('#tea', '#Tea', 1767000000000, 'nt', '', 0);

INSERT INTO channel_roles VALUES ('#tea', 'ann', 'q');

INSERT INTO channel_lists VALUES ('#tea', 'b', 'bad!*@*', 'Ann!~Ann@h', 1767000000000);

INSERT INTO deliveries VALUES ('ann', 'phone', 1, 1);

INSERT INTO deliveries VALUES ('ann', 'phone', 0, 2);

INSERT INTO markers VALUES ('ann', '#tea', 1767225600000);

INSERT INTO sessions VALUES (1, 'ann', 'Ann', '', '127.0.0.1', 'TLSv1.3', 1767000000000);

INSERT INTO certificates VALUES ('00ff', 'ann', 1767000000000);

INSERT INTO one_time VALUES ('ann', 1767000000000, 0);

INSERT INTO metadata VALUES ('account', 'ann', 'display-name', 'Ann');

INSERT INTO search (search, rank) VALUES ('secure-delete', 1);

INSERT INTO search (search, rank) VALUES ('automerge', 8);

INSERT INTO search (rowid, text, nick, place) VALUES (1, 'milk? ☕', '616e6e', 's1'), (2, 'to ann', '626f62', 's2');

INSERT INTO login_guard VALUES ('KNOWN', 'ann', '192.0.2.1', 1.0, 1, 1767225600000, 1767225600000);

INSERT INTO audit_head VALUES (1, 7, '00ff');

INSERT INTO totp VALUES ('ann', 'plain:GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', 58000000, 1767000000000);

INSERT INTO recovery_codes VALUES ('ann', '00ff');
