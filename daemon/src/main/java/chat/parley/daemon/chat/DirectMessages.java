package chat.parley.daemon.chat;

import chat.parley.daemon.observe.AuditLog;
import chat.parley.daemon.store.ChannelLog;
import chat.parley.daemon.store.ChannelLog.Entry;
import chat.parley.daemon.store.ChannelLog.Kept;
import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.protocol.Capability;
import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Message;
import chat.parley.protocol.Numeric;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What one user says to another: kept in the stream of the two accounts, then delivered to every
/// session of both.
///
/// One thread for all of them, like a channel's: it takes all that waits, keeps it with one append,
/// then delivers in that order.
public final class DirectMessages implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(DirectMessages.class);

    private final Server server;
    private final ChannelLog log;
    private final Clock clock;
    private final Inbox<Whisper> inbox;
    private final Redactions redactions;
    private Instant now = Instant.EPOCH; // of what is being settled

    /// @param command PRIVMSG, NOTICE, TAGMSG or REDACT
    /// @param text as [Lines] has it; for REDACT a msgid and, after a space, why
    public record Whisper(
            Request.Asker asker,
            Addressee to,
            String command,
            String text,
            Map<String, String> clientTags,
            String once,
            Request.Settled settled) {}

    /// @param redactWithin how long one may take back what one has said
    public DirectMessages(
            Server server,
            ChannelLog log,
            AuditLog audit,
            Clock clock,
            int inboxLength,
            Supplier<Duration> redactWithin) {
        this.server = server;
        this.log = log;
        this.redactions = new Redactions(server, log, audit, redactWithin);
        this.clock = clock;
        this.inbox = new Inbox<>(inboxLength);
    }

    /// Waits while the inbox is full, not for the answer. False if the daemon is stopping.
    public boolean ask(Whisper whisper) throws InterruptedException {
        return inbox.put(whisper);
    }

    /// Settles what waits and then ends.
    public void stop() {
        inbox.close();
    }

    @Override
    public void run() {
        try {
            for (var all = inbox.takeAll(); !all.isEmpty(); all = inbox.takeAll()) {
                try {
                    settle(all);
                } catch (RuntimeException bug) {
                    LOG.atError().setCause(bug).log("direct message bug");
                } finally {
                    all.forEach(whisper -> whisper.settled().now());
                }
            }
        } catch (InterruptedException _) {
            LOG.atDebug().log("direct messages stopped");
        }
    }

    private void settle(List<Whisper> all) throws InterruptedException {
        var read = clock.instant();
        now = read.isBefore(now) ? now : read; // a clock set back does not turn the order round
        var heard = new ArrayList<Heard>();
        for (var whisper : all) {
            heard(whisper, heard);
        }
        var entries = heard.stream().flatMap(each -> each.entry.stream()).toList();
        List<Kept> kept;
        try {
            kept = entries.isEmpty() ? List.of() : log.append(entries);
        } catch (IOException _) { // the log has said why; here it is an answer
            redactions.settled(false);
            heard.forEach(each -> refuse(each.whisper));
            return;
        }
        redactions.settled(true);
        var next = kept.iterator();
        for (var each : heard) {
            if (each.entry.isEmpty()) {
                deliver(each.whisper, each.event.passing());
                continue;
            }
            var its = next.next();
            if (its.again()) {
                again(each.whisper, each.entry.get(), its);
            } else {
                deliver(each.whisper, each.event.kept(its.id()));
            }
        }
    }

    /// It was said before: its speaker hears that it is kept, and nobody else hears it twice.
    private void again(Whisper whisper, Entry now, Kept before) {
        var asker = whisper.asker();
        if (!Remembered.isTheSame(before, now)) {
            asker.answers().line(server.onceUsed(now));
        } else if (asker.session().capabilities().has(Capability.ECHO_MESSAGE)) {
            asker.answers().event(Remembered.event(before));
        }
        asker.answers().done();
    }

    /// What is to be heard, once its entry is kept.
    private record Heard(Whisper whisper, Event event, Optional<Entry> entry) {}

    private void heard(Whisper whisper, List<Heard> heard) throws InterruptedException {
        if (whisper.command().equals(ChannelLog.REDACT)) {
            switch (judge(whisper)) {
                case Redactions.Verdict.Granted(var event, var entry) ->
                        heard.add(new Heard(whisper, event, Optional.of(entry)));
                case Redactions.Verdict.Refused(var why) -> {
                    whisper.asker().answers().line(why);
                    whisper.asker().answers().done();
                }
            }
        } else {
            var entry = isKept(whisper) ? Optional.of(entry(whisper)) : Optional.<Entry>empty();
            heard.add(new Heard(whisper, event(whisper), entry));
        }
    }

    private Redactions.Verdict judge(Whisper whisper) throws InterruptedException {
        var named = whisper.text().split(" ", 2);
        return redactions.judge(
                new Redactions.Wanted(
                        whisper.asker().user(),
                        stream(whisper),
                        whisper.to().shown(),
                        named[0],
                        named.length > 1 ? named[1] : "",
                        false,
                        now));
    }

    private static Stream stream(Whisper whisper) {
        return Stream.OfPair.of(
                CaseMapping.fold(whisper.asker().user().account()),
                CaseMapping.fold(whisper.to().account()));
    }

    private Event event(Whisper whisper) {
        var user = whisper.asker().user();
        var command = whisper.command();
        var to = whisper.to().shown();
        var event =
                isTagsOnly(whisper)
                        ? Event.onlyWith(
                                Capability.MESSAGE_TAGS,
                                Message.from(user.source(), command, to),
                                user.actor(),
                                now)
                        : Event.said(user.source(), command, to, whisper.text(), user.actor(), now);
        return event.withTags(whisper.clientTags());
    }

    private static boolean isKept(Whisper whisper) {
        return !isTagsOnly(whisper) || Remembered.lasts(whisper.clientTags());
    }

    private static boolean isTagsOnly(Whisper whisper) {
        return whisper.command().equals("TAGMSG");
    }

    private Entry entry(Whisper whisper) {
        var speaker = whisper.asker().user();
        return new Entry(
                stream(whisper),
                now,
                speaker.account(),
                speaker.source(),
                whisper.command(),
                whisper.to().shown(),
                whisper.text(),
                Remembered.tags(speaker, whisper.clientTags()),
                whisper.once());
    }

    private void refuse(Whisper whisper) {
        whisper.asker().answers().line(server.notStored(whisper.command(), whisper.to().shown()));
        whisper.asker().answers().done();
    }

    /// To all sessions of both, once; to the speaking session as the echo, and once more where it
    /// speaks to itself (IRCv3 echo-message).
    private void deliver(Whisper whisper, Event event) {
        var asker = whisper.asker();
        var speaking = asker.session();
        var to = whisper.to().here();
        var toItself = to.isPresent() && to.get().equals(asker.user());
        if (speaking.capabilities().has(Capability.ECHO_MESSAGE)) {
            asker.answers().event(event);
        }
        if (whisper.command().equals("PRIVMSG")) {
            to.flatMap(user -> user.profile().away())
                    .ifPresent(away ->
                            asker.answers()
                                    .line(
                                            server.numeric(
                                                    Numeric.RPL_AWAY,
                                                    asker.nick(),
                                                    whisper.to().shown(),
                                                    away)));
        }
        asker.answers().done();
        var others = new LinkedHashSet<Recipient>();
        to.ifPresent(user -> others.addAll(user.sessions()));
        others.addAll(asker.user().sessions());
        for (var session : others) {
            var lines = event.encodedFor(session.capabilities());
            if ((!session.equals(speaking) || toItself) && lines.length > 0) {
                session.deliver(lines);
            }
        }
    }
}
