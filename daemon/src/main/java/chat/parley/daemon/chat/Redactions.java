package chat.parley.daemon.chat;

import chat.parley.daemon.observe.AuditLog;
import chat.parley.daemon.store.ChannelLog;
import chat.parley.daemon.store.ChannelLog.Entry;
import chat.parley.daemon.store.ChannelLog.Kept;
import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.protocol.Capability;
import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Taking back what was said (IRCv3 message-redaction): who may, and what becomes of it.
///
/// State of the thread that settles: what it has allowed is in the audit log once it is kept.
final class Redactions {

    private static final String NAME = ChannelLog.REDACT;

    /// "which MUST be a PRIVMSG, NOTICE, or TAGMSG" (message-redaction, "Command")
    private static final Set<String> REDACTABLE = Set.of("PRIVMSG", "NOTICE", "TAGMSG");

    private final Server server;
    private final ChannelLog log;
    private final AuditLog audit;
    private final Supplier<Duration> within;
    private final List<Allowed> allowed = new ArrayList<>();

    /// @param within how long one may take back what one has said; zero for as long as one likes
    Redactions(Server server, ChannelLog log, AuditLog audit, Supplier<Duration> within) {
        this.server = server;
        this.log = log;
        this.audit = audit;
        this.within = within;
    }

    /// What somebody wants to take back.
    ///
    /// @param target as it was addressed
    /// @param governs whether it may take back what others have said there
    record Wanted(
            User by,
            InetAddress from,
            Stream stream,
            String target,
            String msgid,
            String reason,
            boolean governs,
            Instant now) {}

    /// @param whose the account that had said it
    private record Allowed(Wanted wanted, String whose) {}

    sealed interface Verdict {

        /// @param entry what is to be kept; that erases the other
        record Granted(Event event, Entry entry) implements Verdict {}

        record Refused(Message why) implements Verdict {}
    }

    /// Waits for the log.
    Verdict judge(Wanted wanted) throws InterruptedException {
        Optional<Kept> found;
        try {
            found = log.find(wanted.stream, wanted.msgid);
        } catch (IOException _) { // the log has said why; here it is an answer
            return new Verdict.Refused(server.notStored(NAME, wanted.target));
        }
        if (found.isEmpty() || !isFor(wanted, found.get().entry())) {
            return refused(wanted, "UNKNOWN_MSGID", "No such message, or it is gone already");
        }
        var entry = found.get().entry();
        if (!wanted.governs) {
            if (!CaseMapping.same(entry.account(), wanted.by.account()) || isOlder(entry, wanted)) {
                return refused(wanted, "REDACT_FORBIDDEN", "That is not yours to take back");
            }
            var limit = within.get();
            if (limit.isPositive() && entry.at().plus(limit).isBefore(wanted.now)) {
                return new Verdict.Refused(
                        server.fail(
                                NAME,
                                "REDACT_WINDOW_EXPIRED",
                                wanted.target,
                                wanted.msgid,
                                Long.toString(limit.toSeconds()),
                                "It is too late to take that back"));
            }
        }
        allowed.add(new Allowed(wanted, entry.account()));
        return new Verdict.Granted(event(wanted), entry(wanted));
    }

    /// Whether there is anything to take back, as far as this one may know.
    private static boolean isFor(Wanted wanted, Entry entry) {
        return REDACTABLE.contains(entry.command())
                && switch (wanted.stream) {
                    case Stream.OfChannel _ -> true;
                    case Stream.OfPair _ -> !isOlder(entry, wanted);
                };
    }

    /// Whether somebody else had the account when that was said.
    private static boolean isOlder(Entry entry, Wanted wanted) {
        return !entry.at().isAfter(wanted.by.person().since());
    }

    private Verdict refused(Wanted wanted, String code, String why) {
        return new Verdict.Refused(
                server.fail(NAME, code, wanted.target, Server.shown(wanted.msgid), why));
    }

    private static Event event(Wanted wanted) {
        var message = message(wanted.by.source(), wanted.target, text(wanted));
        return Event.onlyWith(Capability.MESSAGE_REDACTION, message, wanted.by.actor(), wanted.now);
    }

    private static String text(Wanted wanted) {
        return wanted.reason.isEmpty() ? wanted.msgid : wanted.msgid + " " + wanted.reason;
    }

    /// @param text a msgid and, after a space, why
    static Message message(String source, String target, String text) {
        var params = new ArrayList<>(List.of(target));
        params.addAll(List.of(text.split(" ", 2)));
        return Message.from(source, NAME, params);
    }

    private static Entry entry(Wanted wanted) {
        return new Entry(
                wanted.stream,
                wanted.now,
                wanted.by.account(),
                wanted.by.source(),
                NAME,
                wanted.target,
                text(wanted),
                "");
    }

    /// What was allowed since the last time is kept, or could not be.
    void settled(boolean kept) {
        if (kept) {
            for (var each : allowed) {
                var wanted = each.wanted;
                audit.messageRedacted(
                        new AuditLog.Actor(wanted.by.account(), wanted.from),
                        where(wanted.stream),
                        wanted.msgid,
                        each.whose);
            }
        }
        allowed.clear();
    }

    private static String where(Stream stream) {
        return switch (stream) {
            case Stream.OfChannel(var folded) -> folded;
            case Stream.OfPair(var first, var second) -> first + " " + second;
        };
    }
}
