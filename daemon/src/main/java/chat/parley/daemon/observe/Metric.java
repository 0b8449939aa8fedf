package chat.parley.daemon.observe;

/// Every number that can be watched: its name in Prometheus, its kind, and what it means. The table
/// in docs/OPERATING.md has the same list.
///
/// A label's values are words of ours (a setting, a kind of ending); never what a peer chose, or a
/// stranger could make as many time series as they like.
public enum Metric {
    BUILD("parley_build_info", Kind.GAUGE, "version", "1, with the version that runs"),
    START("parley_start_time_seconds", Kind.GAUGE, "", "when the daemon started, as a Unix time"),
    HEALTHY("parley_healthy", Kind.GAUGE, "", "1 if /healthz says ok, else 0"),

    CONNECTIONS(
            "parley_connections",
            Kind.GAUGE,
            "state",
            "connections: handshake, before_login, logged_in"),
    USERS("parley_users", Kind.GAUGE, "", "accounts that are here, by however many sessions"),
    CHANNELS("parley_channels", Kind.GAUGE, "", "channels that are in use"),
    SESSIONS_ENDED("parley_sessions_ended_total", Kind.COUNTER, "why", "ended sessions"),
    CONNECTIONS_REFUSED(
            "parley_connections_refused_total",
            Kind.COUNTER,
            "why",
            "connections that did not become sessions"),
    HELD_BACK(
            "parley_rate_limited_total",
            Kind.COUNTER,
            "",
            "times that a session was made to wait by limits.rate"),

    LOGINS(
            "parley_logins_total",
            Kind.COUNTER,
            "result",
            "logins: accepted, refused, put_off; certificates too"),
    HASHES_WAITING("parley_hashes_waiting", Kind.GAUGE, "", "passwords that wait to be hashed"),
    HASH_PRICE(
            "parley_hash_price_seconds",
            Kind.GAUGE,
            "",
            "what one password costs, as measured at the start"),
    CERTIFICATE_EXPIRES(
            "parley_certificate_expires_seconds",
            Kind.GAUGE,
            "name",
            "when a certificate of ours expires, as a Unix time"),
    CERTIFICATE_RELOADS(
            "parley_certificate_reloads_total",
            Kind.COUNTER,
            "result",
            "changed TLS files that were noticed: taken, refused"),
    CERTIFICATE_REFUSED(
            "parley_certificate_refused",
            Kind.GAUGE,
            "",
            "1 while a renewed certificate was refused and the old one is kept"),

    STORED("parley_messages_stored_total", Kind.COUNTER, "", "lines that were kept"),
    COMMIT("parley_commit_seconds", Kind.SECONDS, "", "how long a commit of the log took"),
    COMMIT_SIZE("parley_commit_tasks", Kind.SIZES, "", "how much one commit of the log held"),
    COMMITS_REFUSED(
            "parley_commits_refused_total", Kind.COUNTER, "", "commits that the database refused"),
    LOG_WAITING("parley_log_waiting", Kind.GAUGE, "", "what waits for the next commit"),
    HISTORY("parley_history_seconds", Kind.SECONDS, "", "how long reading back took"),
    SEARCH("parley_search_seconds", Kind.SECONDS, "", "how long a search took"),
    DATABASE_SIZE("parley_database_bytes", Kind.GAUGE, "", "the size of parley.db"),
    WAL_SIZE("parley_database_wal_bytes", Kind.GAUGE, "", "the size of its write-ahead log"),
    DISK_FREE("parley_disk_free_bytes", Kind.GAUGE, "", "what is free where data-dir is"),

    SENT(
            "parley_deliveries_total",
            Kind.COUNTER,
            "",
            "pieces that were sent to peers; what a channel settled together is one"),
    BYTES_SENT("parley_sent_bytes_total", Kind.COUNTER, "", "bytes that were sent, before TLS"),

    AUDIT_LINES("parley_audit_lines_total", Kind.COUNTER, "", "lines of the audit log"),
    AUDIT_FOLDED(
            "parley_audit_folded_total",
            Kind.COUNTER,
            "",
            "events that have no line of their own in the audit log, only a sum"),
    AUDIT_LOST(
            "parley_audit_lost_total",
            Kind.COUNTER,
            "",
            "events that could not be written to the audit log; alert on any"),
    AUDIT_WAITING("parley_audit_waiting", Kind.GAUGE, "", "events that wait to be written"),

    MEMORY("parley_jvm_memory_bytes", Kind.GAUGE, "of", "heap_used, heap_max, other_used"),
    THREADS("parley_jvm_threads", Kind.GAUGE, "", "platform threads"),
    GC("parley_jvm_gc_seconds_total", Kind.COUNTER, "", "time spent collecting garbage"),
    CPU("parley_process_cpu_seconds_total", Kind.COUNTER, "", "time on the processors"),
    DESCRIPTORS("parley_process_open_fds", Kind.GAUGE, "", "open descriptors"),
    MOST_DESCRIPTORS("parley_process_max_fds", Kind.GAUGE, "", "how many there may be");

    /// What kind of number it is.
    public enum Kind {
        /// Only grows.
        COUNTER,
        /// As it is now.
        GAUGE,
        /// How long something took, in buckets.
        SECONDS,
        /// How much something held, in buckets.
        SIZES
    }

    private final String wire;
    private final Kind kind;
    private final String label;
    private final String help;

    Metric(String wire, Kind kind, String label, String help) {
        this.wire = wire;
        this.kind = kind;
        this.label = label;
        this.help = help;
    }

    /// As Prometheus calls it.
    public String wire() {
        return wire;
    }

    public Kind kind() {
        return kind;
    }

    /// The name of its label; empty if it has none.
    public String label() {
        return label;
    }

    /// One line for people.
    public String help() {
        return help;
    }
}
