package chat.parley.daemon.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.ProgressHandler;

/// The tables, version by version. A version that was released is never edited; a new one is added.
///
/// SQLite's `user_version` says which one a file has. Each step is one transaction, so a file is
/// always of a whole version, whenever the daemon or the machine stops.
final class Schema {

    private static final Logger log = LoggerFactory.getLogger(Schema.class);

    private static final List<List<String>> VERSIONS =
            List.of(
                    List.of(
                            """
                            CREATE TABLE accounts (
                                folded TEXT PRIMARY KEY,
                                name TEXT NOT NULL,
                                hash TEXT NOT NULL,
                                role TEXT NOT NULL,
                                status TEXT NOT NULL,
                                created_ms INTEGER NOT NULL,
                                version INTEGER NOT NULL
                            ) STRICT, WITHOUT ROWID
                            """,
                            // What was done to which account, for daemons to notice. Only admins
                            // make it grow. AUTOINCREMENT: a version is never given twice.
                            """
                            CREATE TABLE account_changes (
                                version INTEGER PRIMARY KEY AUTOINCREMENT,
                                folded TEXT NOT NULL,
                                change TEXT NOT NULL,
                                at_ms INTEGER NOT NULL
                            ) STRICT
                            """,
                            """
                            CREATE TABLE memberships (
                                account TEXT NOT NULL,
                                channel TEXT NOT NULL,
                                shown TEXT NOT NULL,
                                PRIMARY KEY (account, channel)
                            ) STRICT, WITHOUT ROWID
                            """,
                            // `newest` stands here, not in max(seq): should old messages be
                            // removed one day, their numbers still are not given again.
                            """
                            CREATE TABLE streams (
                                id INTEGER PRIMARY KEY AUTOINCREMENT,
                                kind TEXT NOT NULL,
                                a TEXT NOT NULL,
                                b TEXT NOT NULL,
                                newest INTEGER NOT NULL,
                                UNIQUE (kind, a, b)
                            ) STRICT
                            """,
                            """
                            CREATE TABLE messages (
                                stream INTEGER NOT NULL,
                                seq INTEGER NOT NULL,
                                at_ms INTEGER NOT NULL,
                                account TEXT NOT NULL,
                                source TEXT NOT NULL,
                                command TEXT NOT NULL,
                                target TEXT NOT NULL,
                                text TEXT NOT NULL,
                                client_tags TEXT NOT NULL,
                                PRIMARY KEY (stream, seq)
                            ) STRICT, WITHOUT ROWID
                            """,
                            """
                            CREATE INDEX topics ON messages (stream, seq) WHERE command = 'TOPIC'
                            """),
                    List.of(
                            """
                            CREATE TABLE channels (
                                folded TEXT PRIMARY KEY,
                                name TEXT NOT NULL,
                                created_ms INTEGER NOT NULL,
                                flags TEXT NOT NULL,
                                key TEXT NOT NULL,
                                user_limit INTEGER NOT NULL
                            ) STRICT, WITHOUT ROWID
                            """,
                            """
                            CREATE TABLE channel_roles (
                                channel TEXT NOT NULL,
                                account TEXT NOT NULL,
                                role TEXT NOT NULL,
                                PRIMARY KEY (channel, account)
                            ) STRICT, WITHOUT ROWID
                            """,
                            """
                            CREATE TABLE channel_lists (
                                channel TEXT NOT NULL,
                                list TEXT NOT NULL,
                                mask TEXT NOT NULL,
                                set_by TEXT NOT NULL,
                                at_ms INTEGER NOT NULL,
                                PRIMARY KEY (channel, list, mask)
                            ) STRICT, WITHOUT ROWID
                            """),
                    List.of(
                            // How far each device of an account was told what was said.
                            """
                            CREATE TABLE deliveries (
                                account TEXT NOT NULL,
                                device TEXT NOT NULL,
                                stream INTEGER NOT NULL,
                                seq INTEGER NOT NULL,
                                PRIMARY KEY (account, device, stream)
                            ) STRICT, WITHOUT ROWID
                            """,
                            // Conversations of an account are looked for by either name.
                            "CREATE INDEX pairs ON streams (b) WHERE kind = 'pair'"),
                    List.of(
                            """
                            CREATE TABLE markers (
                                account TEXT NOT NULL,
                                target TEXT NOT NULL,
                                at_ms INTEGER NOT NULL,
                                PRIMARY KEY (account, target)
                            ) STRICT, WITHOUT ROWID
                            """),
                    List.of(
                            // Of the daemon that runs now; see SqliteSessions.
                            """
                            CREATE TABLE sessions (
                                number INTEGER PRIMARY KEY,
                                folded TEXT NOT NULL,
                                account TEXT NOT NULL,
                                device TEXT NOT NULL,
                                address TEXT NOT NULL,
                                security TEXT NOT NULL,
                                since_ms INTEGER NOT NULL
                            ) STRICT
                            """),
                    List.of(
                            // By the SHA-256 of the key, see tls.ClientCertificate.
                            """
                            CREATE TABLE certificates (
                                fingerprint TEXT PRIMARY KEY,
                                account TEXT NOT NULL,
                                bound_ms INTEGER NOT NULL
                            ) STRICT, WITHOUT ROWID
                            """,
                            "CREATE INDEX certificates_of ON certificates (account)",
                            "ALTER TABLE account_changes ADD COLUMN detail TEXT NOT NULL DEFAULT ''"),
                    List.of(
                            "ALTER TABLE messages ADD COLUMN once TEXT",
                            """
                            CREATE UNIQUE INDEX said_once ON messages (stream, account, once)
                            WHERE once IS NOT NULL
                            """),
                    List.of(
                            // What accounts and channels say of themselves.
                            """
                            CREATE TABLE metadata (
                                kind TEXT NOT NULL,
                                owner TEXT NOT NULL,
                                key TEXT NOT NULL,
                                value TEXT NOT NULL,
                                PRIMARY KEY (kind, owner, key)
                            ) STRICT, WITHOUT ROWID
                            """),
                    List.of(
                            // What is said has a number over all streams, in the order it was kept,
                            // by which the index of words knows it; 0 for what is not in there.
                            "ALTER TABLE messages ADD COLUMN said INTEGER NOT NULL DEFAULT 0",
                            """
                            UPDATE messages SET said = n.number FROM (
                                SELECT stream, seq,
                                    row_number() OVER (ORDER BY at_ms, stream, seq) AS number
                                FROM messages WHERE command IN ('PRIVMSG', 'NOTICE')
                            ) n WHERE messages.stream = n.stream AND messages.seq = n.seq
                            """,
                            "CREATE UNIQUE INDEX said ON messages (said) WHERE said > 0",
                            """
                            CREATE VIRTUAL TABLE search USING fts5(
                                text, nick, place, content = '', columnsize = 0,
                                tokenize = 'unicode61 remove_diacritics 2'
                            )
                            """,
                            // Or words of what was taken back would stay until segments are merged.
                            "INSERT INTO search (search, rank) VALUES ('secure-delete', 1)",
                            // Each commit leaves a segment. Merging eight at a time in place of
                            // four
                            // is less to write for those who speak, and not felt by who searches.
                            "INSERT INTO search (search, rank) VALUES ('automerge', 8)",
                            """
                            INSERT INTO search (rowid, text, nick, place)
                            SELECT said, text,
                                lower(hex(lower(substr(source, 1, instr(source || '!', '!') - 1)))),
                                's' || stream
                            FROM messages INDEXED BY said WHERE said > 0 ORDER BY said
                            """),
                    List.of(
                            // What the login guard counts; see GuardRow.
                            """
                            CREATE TABLE login_guard (
                                kind TEXT NOT NULL,
                                account TEXT NOT NULL,
                                place TEXT NOT NULL,
                                strikes REAL NOT NULL,
                                in_a_row INTEGER NOT NULL,
                                failed_ms INTEGER NOT NULL,
                                right_ms INTEGER NOT NULL,
                                UNIQUE (account, kind, place)
                            ) STRICT
                            """),
                    List.of(
                            // How far a device was told what two say to each other stands there as
                            // if it were a stream. What was said before was told to who was here.
                            """
                            INSERT INTO deliveries
                            SELECT DISTINCT account, device, 0,
                                (SELECT coalesce(max(said), 0) FROM messages INDEXED BY said
                                    WHERE said > 0)
                            FROM deliveries
                            """),
                    List.of(
                            // Where the audit log ends, see AuditHeads.
                            """
                            CREATE TABLE audit_head (
                                id INTEGER PRIMARY KEY CHECK (id = 1),
                                seq INTEGER NOT NULL,
                                hash TEXT NOT NULL
                            ) STRICT
                            """),
                    List.of(
                            // Accounts with a second factor. What a key stands for, auth.TotpSeal
                            // knows.
                            """
                            CREATE TABLE totp (
                                account TEXT PRIMARY KEY,
                                key TEXT NOT NULL,
                                last_step INTEGER NOT NULL,
                                since_ms INTEGER NOT NULL
                            ) STRICT, WITHOUT ROWID
                            """,
                            """
                            CREATE TABLE recovery_codes (
                                account TEXT NOT NULL,
                                hash TEXT NOT NULL,
                                PRIMARY KEY (account, hash)
                            ) STRICT, WITHOUT ROWID
                            """),
                    List.of(
                            // Whose password must be changed at the first login.
                            """
                            CREATE TABLE one_time (
                                account TEXT PRIMARY KEY,
                                until_ms INTEGER NOT NULL,
                                used INTEGER NOT NULL
                            ) STRICT, WITHOUT ROWID
                            """));

    /// The version this program writes.
    static final int NEWEST = VERSIONS.size();

    private Schema() {}

    /// Brings the file to the newest version. Safe when two programs do it at once.
    ///
    /// @return the version that was found, which is above [#NEWEST] if a newer program made the
    ///   file; then nothing was touched
    static int bringUp(Connection connection) throws SQLException {
        return bringUp(connection, NEWEST);
    }

    /// The same to a version that is not the newest; for tests.
    static int bringUp(Connection connection, int newest) throws SQLException {
        var telling = new Telling();
        ProgressHandler.setHandler(connection, Telling.STEPS, telling);
        try (var statement = connection.createStatement()) {
            var found = Sql.number(statement, "PRAGMA user_version");
            for (var version = (int) found; version < newest; version++) {
                telling.version = version + 1;
                statement.execute("BEGIN IMMEDIATE");
                // Another program may have been here while this one waited for the lock.
                if (Sql.number(statement, "PRAGMA user_version") == version) {
                    for (var step : VERSIONS.get(version)) {
                        statement.execute(step);
                    }
                    statement.execute("PRAGMA user_version = " + (version + 1));
                }
                statement.execute("COMMIT");
            }
            return (int) found;
        } finally {
            ProgressHandler.clearHandler(connection);
        }
    }

    /// Says in the log, now and then, that an old and large file takes its time.
    private static final class Telling extends ProgressHandler {

        static final int STEPS = 100_000; // of SQLite's machine: some milliseconds

        private static final Duration AFTER = Duration.ofSeconds(1);
        private static final Duration EVERY = Duration.ofSeconds(10);

        private final long began = System.nanoTime();
        private long next = began + AFTER.toNanos();
        private int version;

        @Override
        protected int progress() {
            var now = System.nanoTime();
            if (now - next >= 0) {
                next = now + EVERY.toNanos();
                log.atInfo()
                        .addKeyValue("schema", version)
                        .addKeyValue("seconds", Duration.ofNanos(now - began).toSeconds())
                        .log("bringing the database up to date");
            }
            return 0; // go on
        }
    }
}
