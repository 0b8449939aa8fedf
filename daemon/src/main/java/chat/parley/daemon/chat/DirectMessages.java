package chat.parley.daemon.chat;

import chat.parley.daemon.observe.AuditLog;
import chat.parley.daemon.store.ChannelLog;
import chat.parley.daemon.store.ChannelLog.Entry;
import chat.parley.daemon.store.ChannelLog.Kept;
import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.daemon.store.DirectLog;
import chat.parley.protocol.Capability;
import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Message;
import chat.parley.protocol.Numeric;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
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
    private final DirectLog log;
    private final DirectReceipts receipts;
    private final Clock clock;
    private final Inbox<Whisper> inbox;
    private final Redactions redactions;
    private Instant now = Instant.EPOCH; // of what is being settled

    /// @param redactWithin how long one may take back what one has said
    public DirectMessages(
            Server server,
            ChannelLog log,
            DirectLog direct,
            AuditLog audit,
            Clock clock,
            int inboxLength,
            Supplier<Duration> redactWithin) {
        this.server = server;
        this.log = direct;
        this.receipts = new DirectReceipts(direct);
        this.redactions = new Redactions(server, log, audit, redactWithin);
        this.clock = clock;
        this.inbox = new Inbox<>(inboxLength);
    }

    private boolean ask(Whisper whisper) throws InterruptedException {
        return inbox.put(whisper);
    }

    /// Something is said. Waits while the inbox is full, not for the answer.
    ///
    /// @param command PRIVMSG, NOTICE, TAGMSG or REDACT
    /// @param text as [Lines] has it; for REDACT a msgid and, after a space, why
    /// @return false if the daemon is stopping
    public boolean say(
            Request.Asker asker,
            Addressee to,
            String command,
            String text,
            Map<String, String> clientTags,
            String once,
            Request.Settled settled)
            throws InterruptedException {
        return ask(new Whisper.Say(asker, to, command, text, clientTags, once, settled));
    }

    /// A session has come in. Waits until it is known up to where it was not told by itself; until
    /// then, and after it, it hears what is said as it is said.
    public Request.Settled arrive(User user, Recipient session) throws InterruptedException {
        var settled = new Request.Settled();
        if (ask(new Whisper.Arrive(user, session, settled))) {
            settled.await();
        }
        return settled;
    }

    /// A session of a user is gone. Does not wait for more than room in the inbox.
    void left(User user, Recipient session) throws InterruptedException {
        part(user, Optional.of(session), false);
    }

    /// All sessions of a user are gone.
    void left(User user) throws InterruptedException {
        part(user, Optional.empty(), false);
    }

    /// A user is another account's from now on.
    void changedAccount(User user) throws InterruptedException {
        part(user, Optional.empty(), true);
    }

    private void part(User user, Optional<Recipient> session, boolean stays)
            throws InterruptedException {
        ask(new Whisper.Part(user, session, stays, new Request.Settled()));
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
                    settleAll(all);
                } catch (RuntimeException bug) {
                    LOG.atError().setCause(bug).log("direct message bug");
                } finally {
                    all.forEach(whisper -> whisper.settled().now());
                }
            }
            receipts.noteAll();
        } catch (InterruptedException _) {
            LOG.atDebug().log("direct messages stopped");
        }
    }

    /// In order. What follows each other is said together.
    private void settleAll(List<Whisper> all) throws InterruptedException {
        var together = new ArrayList<Whisper.Say>();
        for (var whisper : all) {
            switch (whisper) {
                case Whisper.Say say -> together.add(say);
                case Whisper.Arrive(var user, var session, var settled) -> {
                    settle(together);
                    receipts.came(user, session).ifPresent(settled::from);
                }
                case Whisper.Part(var user, var session, var stays, _) -> {
                    settle(together);
                    receipts.parted(user, session, stays);
                }
            }
        }
        settle(together);
    }

    /// Says all of it; none is left.
    private void settle(List<Whisper.Say> all) throws InterruptedException {
        if (all.isEmpty()) {
            return;
        }
        var read = clock.instant();
        now = read.isBefore(now) ? now : read; // a clock set back does not turn the order round
        var heard = new ArrayList<Heard>();
        for (var whisper : all) {
            heard(whisper, heard);
        }
        all.clear();
        var entries = heard.stream().flatMap(each -> each.entry.stream()).toList();
        DirectLog.Appended appended;
        try {
            receipts.begin();
            appended =
                    entries.isEmpty()
                            ? new DirectLog.Appended(List.of(), receipts.newest())
                            : log.append(entries);
        } catch (IOException _) { // the log has said why; here it is an answer
            redactions.settled(false);
            heard.forEach(each -> refuse(each.whisper));
            return;
        }
        redactions.settled(true);
        deliver(heard, appended.kept().iterator());
        receipts.settled(appended.newest(), now);
    }

    private void deliver(List<Heard> heard, Iterator<Kept> next) {
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
    private void again(Whisper.Say whisper, Entry now, Kept before) {
        var asker = whisper.asker();
        if (!Remembered.isTheSame(before, now)) {
            asker.answers().line(server.onceUsed(now));
        } else if (asker.session().capabilities().has(Capability.ECHO_MESSAGE)) {
            asker.answers().event(Remembered.event(before));
        }
        asker.answers().done();
    }

    /// What is to be heard, once its entry is kept.
    private record Heard(Whisper.Say whisper, Event event, Optional<Entry> entry) {}

    private void heard(Whisper.Say whisper, List<Heard> heard) throws InterruptedException {
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

    private Redactions.Verdict judge(Whisper.Say whisper) throws InterruptedException {
        var named = whisper.text().split(" ", 2);
        return redactions.judge(
                new Redactions.Wanted(
                        whisper.asker().user(),
                        whisper.asker().session().address(),
                        stream(whisper),
                        whisper.to().shown(),
                        named[0],
                        named.length > 1 ? named[1] : "",
                        false,
                        now));
    }

    private static Stream stream(Whisper.Say whisper) {
        return Stream.OfPair.of(
                CaseMapping.fold(whisper.asker().user().account()),
                CaseMapping.fold(whisper.to().account()));
    }

    private Event event(Whisper.Say whisper) {
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

    private static boolean isKept(Whisper.Say whisper) {
        return !isTagsOnly(whisper) || Remembered.lasts(whisper.clientTags());
    }

    private static boolean isTagsOnly(Whisper.Say whisper) {
        return whisper.command().equals("TAGMSG");
    }

    private Entry entry(Whisper.Say whisper) {
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

    private void refuse(Whisper.Say whisper) {
        whisper.asker().answers().line(server.notStored(whisper.command(), whisper.to().shown()));
        whisper.asker().answers().done();
    }

    /// Who was looked for may have gone and come again since, and who was not here may have come.
    private List<User> hearing(Addressee to) {
        return to.here()
                .filter(user -> !user.sessions().isEmpty())
                .map(List::of)
                .orElseGet(() -> receipts.present(to.account()));
    }

    /// To all sessions of both, once; to the speaking session as the echo, and once more where it
    /// speaks to itself (IRCv3 echo-message).
    private void deliver(Whisper.Say whisper, Event event) {
        var asker = whisper.asker();
        var speaking = asker.session();
        var to = hearing(whisper.to());
        if (speaking.capabilities().has(Capability.ECHO_MESSAGE)) {
            asker.answers().event(event);
        }
        if (whisper.command().equals("PRIVMSG")) {
            to.stream()
                    .findFirst()
                    .or(() -> whisper.to().here()) // lost a moment ago, and not gone yet
                    .flatMap(user -> user.profile().away())
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
        var users = new LinkedHashSet<>(to);
        users.add(asker.user());
        for (var user : users) {
            var sessions = user.sessions();
            receipts.missed(user, sessions);
            for (var session : sessions) {
                var lines = event.encodedFor(session.capabilities());
                var hears = !session.equals(speaking) || to.contains(user);
                receipts.heard(
                        user, session, !hears || lines.length == 0 || session.deliver(lines));
            }
        }
    }
}
