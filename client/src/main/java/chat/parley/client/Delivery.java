package chat.parley.client;

import chat.parley.client.link.Backoff;
import chat.parley.client.link.Deadline;
import chat.parley.client.link.Outcome;
import chat.parley.client.link.Session;
import chat.parley.client.model.JoinRefusal;
import chat.parley.client.model.Pace;
import chat.parley.client.ui.TerminalText;
import chat.parley.protocol.Capability;
import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Message;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Brings one [Parcel] after the other to the daemon, over as many sessions as it takes. One
/// thread.
///
/// Where the daemon knows what it was told before (`parley.chat/once`), what was not echoed when
/// the link broke is said again with its key, and cannot be there twice. Elsewhere nobody can tell,
/// so it ends there.
final class Delivery implements AutoCloseable {

    /// The daemon slows those who say much by not listening; more than this is no slowing.
    static final Duration PATIENCE = Duration.ofSeconds(60);

    /// So often one message is said, and so often in silence: then nobody is helped by one more.
    private static final int TRIES = 8;

    private static final int SILENT_TRIES = 2;

    private final Duration patience;
    private final Admission admission;
    private final String target;
    private final String key;
    private final Clock clock;
    private final Backoff backoff;
    private final Clocked within;
    private @Nullable Session session;
    private Pace pace = Pace.unknown();
    private int kept;

    /// @param key the beginning of what each parcel is known by
    /// @param patience so long an echo may take
    Delivery(
            Admission admission,
            String target,
            String key,
            Clocked within,
            Surroundings around,
            Duration patience) {
        this.patience = patience;
        this.admission = admission;
        this.target = target;
        this.key = key;
        this.within = within;
        this.clock = around.clock();
        this.backoff = Backoff.usual(around.random());
    }

    /// How many are kept.
    int kept() {
        return kept;
    }

    /// Logs in; enters the channel.
    void open() throws Problem {
        var first = admission.logIn();
        session = first;
        within.ends(first::abort);
        if (!first.capabilities().contains(Capability.ECHO_MESSAGE)) {
            throw new Problem(
                    ExitCode.REFUSED,
                    "the daemon echoes nothing (no echo-message), so nobody can tell whether it"
                            + " kept anything; nothing was sent");
        }
        try {
            enter(first);
        } catch (IOException _) {
            throw lost("the connection broke", false);
        }
    }

    Session session() {
        var now = session;
        if (now == null) {
            throw new IllegalStateException("not open");
        }
        return now;
    }

    /// Returns when the daemon has echoed it. One that says nothing is asked a second time, over a
    /// new connection, and not a third.
    void deliver(Parcel parcel) throws Problem, InterruptedException {
        Thread.sleep(pause()); // the pace that the daemon reads at; nothing else happens meanwhile
        var silences = 0;
        for (var tries = 1; ; tries++) {
            var now = session();
            var isKnownByKey = now.capabilities().contains(Capability.ONCE);
            try {
                say(now, parcel, isKnownByKey);
                kept++;
                return;
            } catch (IOException e) {
                now.abort();
                var why =
                        e instanceof Ended
                                ? String.valueOf(e.getMessage())
                                : "the connection broke";
                silences += e instanceof Ended ended && ended.isSilence() ? 1 : 0;
                var isEnough = silences == SILENT_TRIES || tries == TRIES;
                if (within.isOver() || !isKnownByKey || isEnough) {
                    throw lost(why, true);
                }
                comeBack(why);
            }
        }
    }

    private void say(Session now, Parcel parcel, boolean isKnownByKey) throws IOException, Problem {
        var label = "s" + kept;
        var bare = parcel.messages().getFirst();
        var hasLabels = now.capabilities().contains(Capability.LABELED_RESPONSE);
        var first = hasLabels ? bare.withTag("label", label) : bare;
        var messages = new ArrayList<>(parcel.messages());
        messages.set(
                0, isKnownByKey ? first.withTag(Capability.ONCE.wire(), key + "-" + kept) : first);
        var receipt = new Receipt(parcel, label, now.nick(), now.capabilities());
        var sent = clock.instant();
        var refusal = ask(now, messages, receipt::hear);
        if (refusal.isPresent()) {
            throw refused(refusal.get());
        }
        var at = clock.instant();
        pace = pace.echoed(Duration.between(sent, at), at);
    }

    /// How long to wait before the next message.
    private Duration pause() {
        var now = clock.instant();
        return pace.mayGo(now) ? Duration.ZERO : Duration.between(now, pace.notBefore());
    }

    private void comeBack(String why) throws Problem, InterruptedException {
        try (var tooLong = Deadline.after(PATIENCE, admission.dialer()::abort)) {
            while (true) {
                Thread.sleep(within.atMost(backoff.next())); // grows, and has a bound
                if (within.isOver() || tooLong.hasPassed()) {
                    throw lost(why, true);
                }
                switch (admission.dialer().dial()) {
                    case Outcome.LoggedIn(var again) -> {
                        session = again;
                        within.ends(again::abort);
                        try {
                            enter(again);
                            return;
                        } catch (IOException _) {
                            again.abort();
                        }
                    }
                    case Outcome.CannotConnect _ -> {}
                    case Outcome.MustChange(var other) -> {
                        other.abort();
                        throw refused("the password is for one login");
                    }
                    case Outcome.NotNow _ -> {}
                    case Outcome.MustEnrol(var other) -> {
                        other.abort();
                        throw refused("the account needs a second factor");
                    }
                    case Outcome.Refused(var reason, _) -> throw refused(reason);
                    case Outcome.NotTrusted _ ->
                            throw new Problem(
                                    ExitCode.NOT_TRUSTED,
                                    told("the server that came back is not trusted", true));
                }
            }
        }
    }

    /// Joins; being in already is fine. PING marks the end of what the daemon has to say about it.
    private void enter(Session now) throws IOException, Problem {
        if (!target.startsWith("#")) {
            return;
        }
        var refusal =
                ask(
                        now,
                        List.of(Message.of("JOIN", target), Message.of("PING", "joined")),
                        heard ->
                                switch (heard.command()) {
                                    case "JOIN" ->
                                            CaseMapping.same(heard.sourceName(), now.nick())
                                                            && CaseMapping.same(
                                                                    heard.param(0), target)
                                                    ? Receipt.Answer.KEPT
                                                    : Receipt.Answer.NONE;
                                    case "PONG" ->
                                            heard.param(1).equals("joined")
                                                    ? Receipt.Answer.KEPT
                                                    : Receipt.Answer.NONE;
                                    default -> refusal(heard);
                                });
        if (refusal.isPresent()) {
            throw refused(refusal.get());
        }
    }

    private Receipt.Answer refusal(Message heard) {
        return JoinRefusal.channel(heard, name -> CaseMapping.same(name, target)).isPresent()
                ? Receipt.Answer.REFUSED
                : Receipt.Answer.NONE;
    }

    /// Sends, and reads until the listener knows. The reason, if it is no.
    private Optional<String> ask(
            Session now, List<Message> question, Function<Message, Receipt.Answer> listener)
            throws IOException {
        try (var deadline = Deadline.after(patience, now::abort)) {
            try {
                now.send(question.toArray(Message[]::new));
                return answer(now, listener);
            } catch (IOException e) {
                if (deadline.hasPassed()) {
                    throw Ended.silent("no echo within " + patience.toSeconds() + " s");
                }
                throw e;
            }
        }
    }

    private static Optional<String> answer(Session now, Function<Message, Receipt.Answer> listener)
            throws IOException {
        var lastWords = "the daemon closed the connection";
        while (true) {
            var next = now.next();
            if (next.isEmpty()) {
                throw new Ended(lastWords);
            }
            var heard = next.get();
            if (heard.command().equals("PING")) {
                now.send(Message.of("PONG", heard.param(0)));
            } else if (heard.command().equals("ERROR") && !heard.params().isEmpty()) {
                lastWords = heard.params().getLast();
            }
            switch (listener.apply(heard)) {
                case KEPT -> {
                    return Optional.empty();
                }
                case REFUSED -> {
                    return Optional.of(
                            heard.params().isEmpty() ? heard.command() : heard.params().getLast());
                }
                case NONE -> {}
            }
        }
    }

    private Problem refused(String reason) {
        return new Problem(ExitCode.REFUSED, told(reason, false));
    }

    private Problem lost(String why, boolean wasSent) {
        return new Problem(
                ExitCode.CANNOT_CONNECT,
                told(within.isOver() ? "not within the time of --timeout" : why, wasSent));
    }

    /// @param isDoubtful whether the daemon may have kept it all the same
    private String told(String reason, boolean isDoubtful) {
        return (isDoubtful ? "not known to be kept: " : "not kept: ")
                + TerminalText.plain(reason)
                + (kept == 0 ? "" : " (kept before that: " + kept + ")");
    }

    @Override
    public void close() {
        var now = session;
        if (now != null) {
            now.leave("");
        }
    }
}
