package chat.parley.daemon.observe;

import chat.parley.daemon.observe.AuditEvent.Cause;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Security events: who logged in or was refused, what happened to accounts and roles, which limit
/// somebody ran into. Each is told twice: as a line of the log, by the logger `audit`, and to a
/// [Sink], which in a daemon is the audit log that is kept ([AuditWriter]).
///
/// Any thread. Never a password, not even a wrong one, and never what was said; an account's name
/// is given as it was sent, made harmless by whoever writes it.
public final class AuditLog {

    private static final Logger audit = LoggerFactory.getLogger("audit");

    private static final String OPERATOR = "operator acted";

    private final Metrics.Counter accepted;
    private final Metrics.Counter refused;
    private final Metrics.Counter putOff;
    private final Sink sink;

    /// Where events go beside the log.
    public interface Sink {

        /// @param mayWait whether the calling thread may be held up for a moment
        void record(AuditEvent event, boolean mayWait);
    }

    public AuditLog(Metrics metrics, Sink sink) {
        accepted = metrics.counter(Metric.LOGINS, "accepted");
        refused = metrics.counter(Metric.LOGINS, "refused");
        putOff = metrics.counter(Metric.LOGINS, "put_off");
        this.sink = sink;
    }

    /// For whoever has no daemon round it: only the log.
    public AuditLog() {
        this(new Metrics(), (_, _) -> {});
    }

    private void tell(Level level, AuditEvent event, boolean mayWait) {
        var line = audit.atLevel(level);
        for (var fact : event.facts().entrySet()) {
            line = line.addKeyValue(fact.getKey(), Escaped.of(fact.getValue()));
        }
        line.log(event.what());
        sink.record(event, mayWait);
    }

    private void tell(AuditEvent event) {
        tell(Level.INFO, event, false);
    }

    /// Somebody who has logged in, and does something here.
    public record Actor(String account, InetAddress from) {}

    /// What a member has changed. Never summed up: nobody hides one change behind others, and the
    /// rate of their commands bounds how many there are.
    private void tell(String what, Actor by, Facts facts) {
        tell(facts.of(login(what, by.account, by.from)));
    }

    private interface Facts {
        AuditEvent of(AuditEvent event);
    }

    private static AuditEvent login(String what, String account, InetAddress from) {
        return AuditEvent.of(what).with("account", account).with("from", from.getHostAddress());
    }

    /// @param by `password`, or `certificate` and its fingerprint
    public void loginAccepted(String account, InetAddress from, String by) {
        accepted.increment();
        tell(
                Level.INFO,
                login("login accepted", account, from).with("by", by).by(new Cause.Member(account)),
                true);
    }

    /// @param why for the admin only: the peer is never told
    public void loginRefused(String account, InetAddress from, String why) {
        refused.increment();
        tell(
                Level.INFO,
                login("login refused", account, from).with("why", why).by(Cause.Stranger.at(from)),
                true);
    }

    /// The password was not looked at.
    ///
    /// @param why which bound was reached
    public void loginPutOff(String account, InetAddress from, String why) {
        putOff.increment();
        tell(
                Level.INFO,
                login("login put off", account, from).with("why", why).by(Cause.Stranger.at(from)),
                true);
    }

    /// A session that had logged in is over.
    ///
    /// @param why which of the endings it was
    public void sessionEnded(
            String account, InetAddress from, long session, String why, Duration after) {
        tell(
                login("session ended", account, from)
                        .with("session", Long.toString(session))
                        .with("why", why)
                        .with("after", after.toSeconds() + " s")
                        .by(new Cause.Member(account)));
    }

    /// @param change such as `disabled` or `password`
    public void accountChanged(String account, String change) {
        tell(AuditEvent.of("account changed").with("account", account).with("change", change));
    }

    /// Somebody changed their own account, in a session.
    ///
    /// @param what such as `password`
    public void ownAccountChanged(String account, InetAddress from, String what) {
        tell("own account changed", new Actor(account, from), event -> event.with("what", what));
    }

    /// What an operator of the server did. Never summed up: nobody hides one act behind others.
    ///
    /// @param target the account it was done to
    public void operatorActed(String account, InetAddress from, String what, String target) {
        tell(Level.INFO, act(login(OPERATOR, account, from), what, target), true);
    }

    /// Somebody wanted to be one, and is none.
    public void operatorRefused(String account, InetAddress from, String nick) {
        tell(
                act(login(OPERATOR, account, from), "oper refused", nick)
                        .by(new Cause.Member(account)));
    }

    private static AuditEvent act(AuditEvent event, String what, String target) {
        return event.with("what", what).with("target", target);
    }

    /// Somebody governs a channel from now on, or does not any more.
    ///
    /// @param changes such as `+o bob`
    public void channelGoverned(Actor by, String channel, List<String> changes) {
        changed("channel roles changed", by, channel, changes);
    }

    /// Who may come in or speak is different from now on: a ban, an exception, a flag.
    ///
    /// @param changes such as `+b *!*@eve`; never the key of a channel
    public void channelRuled(Actor by, String channel, List<String> changes) {
        changed("channel modes changed", by, channel, changes);
    }

    private void changed(String what, Actor by, String channel, List<String> changes) {
        tell(
                what,
                by,
                event -> event.with("channel", channel).with("change", String.join(" ", changes)));
    }

    /// Somebody was sent out of a channel, or asked into one that others may not come into.
    ///
    /// @param what `kicked` or `invited`
    /// @param target the account it was done to
    public void channelMember(Actor by, String what, String channel, String target) {
        tell(
                "channel member " + what,
                by,
                event -> event.with("channel", channel).with("target", target));
    }

    /// @param from its name before
    public void channelRenamed(Actor by, String from, String to) {
        tell("channel renamed", by, event -> event.with("channel", from).with("to", to));
    }

    /// Something was taken back. Never what it said.
    ///
    /// @param where the channel, or both accounts
    /// @param whose the account that had said it
    public void messageRedacted(Actor by, String where, String msgid, String whose) {
        tell(
                "message redacted",
                by,
                event -> event.with("where", where).with("msgid", msgid).with("whose", whose));
    }

    /// The configuration was read again, by a signal.
    ///
    /// @param what which settings hold from now on, and which after a restart
    public void configReread(String signal, String what) {
        tell(reread("configuration read again", signal).with("what", what));
    }

    /// The same by an operator.
    public void configReread(Actor by, String what) {
        tell(reread("configuration read again", by).with("what", what));
    }

    /// @param problem what is wrong with it, and where; nothing has changed
    public void configRefused(String signal, @Nullable String problem) {
        refused(reread("configuration refused", signal), problem);
    }

    /// The same where an operator had asked for it.
    public void configRefused(Actor by, @Nullable String problem) {
        refused(reread("configuration refused", by), problem);
    }

    private static AuditEvent reread(String what, String by) {
        return AuditEvent.of(what).with("by", by);
    }

    private static AuditEvent reread(String what, Actor by) {
        return reread(what, by.account).with("from", by.from.getHostAddress());
    }

    private void refused(AuditEvent event, @Nullable String problem) {
        tell(Level.WARN, event.with("problem", String.valueOf(problem)), false);
    }

    /// @param limit the name of its setting, such as `limits.connections.per-address`
    public void limitReached(String limit, InetAddress from) {
        tell(
                AuditEvent.of("limit reached")
                        .with("limit", limit)
                        .with("from", from.getHostAddress())
                        .by(Cause.Stranger.at(from)));
    }

    /// Too many connections, from there or in all. Not in the log: there may be thousands.
    public void connectionRefused(InetAddress from) {
        sink.record(
                AuditEvent.of("connection refused")
                        .with("limit", "limits.connections")
                        .with("from", from.getHostAddress())
                        .by(Cause.Stranger.at(from)),
                false);
    }

    /// The daemon is ready.
    public void started(String version, String ports) {
        tell(AuditEvent.of("daemon started").with("version", version).with("ports", ports));
    }

    /// The daemon is about to end.
    ///
    /// @param how `graceful` or `forced`
    public void stopped(String how) {
        tell(AuditEvent.of("daemon stopped").with("how", how));
    }
}
