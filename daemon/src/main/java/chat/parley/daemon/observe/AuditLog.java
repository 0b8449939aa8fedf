package chat.parley.daemon.observe;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Security events, one line each, by the logger `audit`: who logged in or was refused, what
/// happened to accounts, which limit somebody ran into.
///
/// Any thread; holds nothing. Never a password, not even a wrong one; an account's name is given as
/// it was sent, made harmless.
public final class AuditLog {

    private static final Logger audit = LoggerFactory.getLogger("audit");

    private final Metrics.Counter accepted;
    private final Metrics.Counter refused;
    private final Metrics.Counter putOff;

    /// Counts as well.
    public AuditLog(Metrics metrics) {
        accepted = metrics.counter(Metric.LOGINS, "accepted");
        refused = metrics.counter(Metric.LOGINS, "refused");
        putOff = metrics.counter(Metric.LOGINS, "put_off");
    }

    /// For whoever has no daemon round it.
    public AuditLog() {
        this(new Metrics());
    }

    /// @param by `password`, or `certificate` and its fingerprint
    public void loginAccepted(String account, InetAddress from, String by) {
        accepted.increment();
        audit.atInfo()
                .addKeyValue("account", Escaped.of(account))
                .addKeyValue("from", from.getHostAddress())
                .addKeyValue("by", by)
                .log("login accepted");
    }

    /// @param why for the admin only: the peer is never told
    public void loginRefused(String account, InetAddress from, String why) {
        refused.increment();
        audit.atInfo()
                .addKeyValue("account", Escaped.of(account))
                .addKeyValue("from", from.getHostAddress())
                .addKeyValue("why", why)
                .log("login refused");
    }

    /// The password was not looked at.
    ///
    /// @param why which bound was reached
    public void loginPutOff(String account, InetAddress from, String why) {
        putOff.increment();
        audit.atInfo()
                .addKeyValue("account", Escaped.of(account))
                .addKeyValue("from", from.getHostAddress())
                .addKeyValue("why", why)
                .log("login put off");
    }

    /// @param change such as `disabled` or `password`
    public void accountChanged(String account, String change) {
        audit.atInfo()
                .addKeyValue("account", Escaped.of(account))
                .addKeyValue("change", change)
                .log("account changed");
    }

    /// What an operator of the server did.
    ///
    /// @param target the account it was done to
    public void operatorActed(String account, String what, String target) {
        audit.atInfo()
                .addKeyValue("account", Escaped.of(account))
                .addKeyValue("what", what)
                .addKeyValue("target", Escaped.of(target))
                .log("operator acted");
    }

    /// Something was taken back. Never what it said.
    ///
    /// @param where the channel, or both accounts
    /// @param whose the account that had said it
    public void messageRedacted(String account, String where, String msgid, String whose) {
        audit.atInfo()
                .addKeyValue("account", Escaped.of(account))
                .addKeyValue("where", Escaped.of(where))
                .addKeyValue("msgid", msgid)
                .addKeyValue("whose", Escaped.of(whose))
                .log("message redacted");
    }

    /// The configuration was read again.
    ///
    /// @param by the account of an operator, or the signal
    /// @param what which settings hold from now on, and which after a restart
    public void configReread(String by, String what) {
        audit.atInfo()
                .addKeyValue("by", Escaped.of(by))
                .addKeyValue("what", Escaped.of(what))
                .log("configuration read again");
    }

    /// @param problem what is wrong with it, and where; nothing has changed
    public void configRefused(String by, @Nullable String problem) {
        audit.atWarn()
                .addKeyValue("by", Escaped.of(by))
                .addKeyValue("problem", Escaped.of(String.valueOf(problem)))
                .log("configuration refused");
    }

    /// @param limit the name of its setting, such as `limits.connections.per-address`
    public void limitReached(String limit, InetAddress from) {
        audit.atInfo()
                .addKeyValue("limit", limit)
                .addKeyValue("from", from.getHostAddress())
                .log("limit reached");
    }
}
