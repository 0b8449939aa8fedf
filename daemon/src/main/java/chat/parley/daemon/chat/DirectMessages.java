package chat.parley.daemon.chat;

import chat.parley.daemon.store.ChannelLog;
import chat.parley.daemon.store.ChannelLog.Entry;
import chat.parley.daemon.store.ChannelLog.Kept;
import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.protocol.Capability;
import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Message;
import chat.parley.protocol.MessagePrinter;
import chat.parley.protocol.Numeric;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
    private Instant now = Instant.EPOCH; // of what is being settled

    /// @param command PRIVMSG, NOTICE or TAGMSG
    public record Whisper(
            Request.Asker asker,
            User to,
            String command,
            String text,
            Map<String, String> clientTags,
            Request.Settled settled) {}

    public DirectMessages(Server server, ChannelLog log, Clock clock, int inboxLength) {
        this.server = server;
        this.log = log;
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
        var entries = new ArrayList<Entry>();
        for (var whisper : all) {
            if (isKept(whisper)) {
                entries.add(entry(whisper));
            }
        }
        List<Kept> kept;
        try {
            kept = entries.isEmpty() ? List.of() : log.append(entries);
        } catch (IOException _) { // the log has said why; here it is an answer
            all.forEach(this::refuse);
            return;
        }
        var next = kept.iterator();
        for (var whisper : all) {
            var event = event(whisper);
            deliver(whisper, isKept(whisper) ? event.kept(next.next().id()) : event.passing());
        }
    }

    private Event event(Whisper whisper) {
        var message = message(whisper);
        var actor = whisper.asker().user().actor();
        var event =
                isTagsOnly(whisper)
                        ? Event.onlyWith(Capability.MESSAGE_TAGS, message, actor, now)
                        : Event.of(message, actor, now);
        return event.withTags(whisper.clientTags());
    }

    private static boolean isKept(Whisper whisper) {
        return !isTagsOnly(whisper) || Remembered.lasts(whisper.clientTags());
    }

    private static boolean isTagsOnly(Whisper whisper) {
        return whisper.command().equals("TAGMSG");
    }

    private static Message message(Whisper whisper) {
        var source = whisper.asker().user().source();
        var target = whisper.to().nick().text();
        return isTagsOnly(whisper)
                ? Message.from(source, whisper.command(), target)
                : Message.from(source, whisper.command(), target, whisper.text());
    }

    private Entry entry(Whisper whisper) {
        var speaker = whisper.asker().user();
        return new Entry(
                Stream.OfPair.of(
                        CaseMapping.fold(speaker.account()),
                        CaseMapping.fold(whisper.to().account())),
                now,
                speaker.account(),
                speaker.source(),
                whisper.command(),
                whisper.to().nick().text(),
                whisper.text(),
                MessagePrinter.tags(whisper.clientTags()));
    }

    private void refuse(Whisper whisper) {
        whisper.asker()
                .answers()
                .line(server.notStored(whisper.command(), whisper.to().nick().text()));
        whisper.asker().answers().done();
    }

    /// To all sessions of both, once; to the speaking session as the echo, and once more where it
    /// speaks to itself (IRCv3 echo-message).
    private void deliver(Whisper whisper, Event event) {
        var asker = whisper.asker();
        var speaking = asker.session();
        var toItself = whisper.to().equals(asker.user());
        if (speaking.capabilities().has(Capability.ECHO_MESSAGE)) {
            asker.answers().event(event);
        }
        if (whisper.command().equals("PRIVMSG")) {
            whisper.to()
                    .profile()
                    .away()
                    .ifPresent(away ->
                            asker.answers()
                                    .line(
                                            server.numeric(
                                                    Numeric.RPL_AWAY,
                                                    asker.nick(),
                                                    whisper.to().nick().text(),
                                                    away)));
        }
        asker.answers().done();
        var others = new LinkedHashSet<>(whisper.to().sessions());
        others.addAll(asker.user().sessions());
        for (var session : others) {
            var lines = event.encodedFor(session.capabilities());
            if ((!session.equals(speaking) || toItself) && lines.length > 0) {
                session.deliver(lines);
            }
        }
    }
}
