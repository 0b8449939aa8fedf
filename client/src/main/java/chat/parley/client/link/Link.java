package chat.parley.client.link;

import chat.parley.client.model.Ending;
import chat.parley.client.model.Event;
import chat.parley.protocol.Message;
import chat.parley.protocol.Secret;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A session that comes back: reads, answers PING, and dials again when the connection broke.
///
/// Runs on a virtual thread of its own and posts what happens to a bounded inbox; it waits while
/// the inbox is full, so TCP slows the daemon. Each session's [Courier] is the thread that writes.
/// Ends by itself when the daemon refuses the login or is not trusted any more: neither gets better
/// by trying.
public final class Link implements AutoCloseable {

    /// The longest that leaving may take.
    private static final Duration GOODBYE = Duration.ofSeconds(3);

    private static final String NOT_NOW = "the daemon takes no password at the moment";

    private static final String MUST_ENROL =
            "your account needs a second factor now: parley totp enable";

    private static final String MUST_CHANGE =
            "your password is for one login now: start parley again to set another";

    private final Dialer dialer;
    private final BlockingQueue<Event> inbox;
    private final Backoff backoff;
    private final Clock clock;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;
    private final BlockingQueue<Secret> codes = new ArrayBlockingQueue<>(1);
    private final Semaphore hurry = new Semaphore(0); // whether the next wait is none
    private volatile @Nullable Courier courier;
    private volatile @Nullable Security security; // of the session that there is
    private volatile boolean leaving;

    /// @param session logged in already; from now on the link's
    public Link(
            Session session,
            Dialer dialer,
            BlockingQueue<Event> inbox,
            Backoff backoff,
            Clock clock) {
        this.dialer = dialer;
        this.inbox = inbox;
        this.backoff = backoff;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("link").unstarted(() -> run(session));
    }

    public void start() {
        thread.start();
    }

    /// Hands a message to the session's writer. Never blocks. Without a session it is lost, and
    /// [Event.Down] is on its way.
    public void send(Message message) {
        var now = courier;
        if (now != null) {
            now.take(message);
        }
    }

    /// What [Event.CodeWanted] asked for; takes it over. Never blocks; of several one is used.
    public void code(Secret code) {
        if (!codes.offer(code)) {
            code.close();
        }
    }

    /// Gives up the connection, if there is one, and dials at once, whatever was to be waited for.
    /// Any thread; never blocks.
    public void reconnect() {
        hurry.drainPermits();
        hurry.release();
        var now = courier;
        if (now != null) {
            now.abort();
        }
    }

    /// How the connection is secured; empty without one. Any thread.
    public Optional<Security> security() {
        return Optional.ofNullable(security);
    }

    /// Says goodbye and ends; returns when that is done, or after a few seconds.
    public void leave(String reason) throws InterruptedException {
        leaving = true;
        var now = courier;
        if (now != null) {
            now.leave(reason);
        } else {
            close();
        }
        if (!ended.await(GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
            close();
        }
    }

    /// Ends now. Any thread; never blocks.
    @Override
    public void close() {
        leaving = true;
        thread.interrupt();
        dialer.abort();
        var now = courier;
        if (now != null) {
            now.abort();
        }
    }

    private void run(Session first) {
        try {
            Session session = first;
            while (true) {
                var why = attend(session);
                if (leaving) {
                    inbox.put(new Event.Over(new Ending(Ending.Kind.DONE, "")));
                    return;
                }
                var again = comeBack(why);
                if (again == null) {
                    return;
                }
                session = again;
            }
        } catch (InterruptedException _) {
            // finish now
        } finally {
            ended.countDown();
        }
    }

    /// One session from its welcome to its end. Returns why it ended.
    private String attend(Session session) throws InterruptedException {
        var writer = new Courier(session);
        writer.start();
        courier = writer;
        security = session.security();
        var lastWords = "";
        try {
            inbox.put(
                    new Event.Up(
                            session.nick(),
                            session.capabilities(),
                            session.agreed(),
                            clock.instant()));
            while (true) {
                var message = session.next();
                writer.heard();
                if (message.isEmpty()) {
                    return lastWords.isEmpty() ? "the daemon closed the connection" : lastWords;
                }
                var heard = message.get();
                switch (heard.command()) {
                    case "PING" -> writer.take(Message.of("PONG", heard.param(0)));
                    default -> {
                        if (heard.command().equals("ERROR") && !heard.params().isEmpty()) {
                            lastWords = heard.params().getLast();
                        }
                        backoff.reset();
                        inbox.put(new Event.Received(heard, clock.instant()));
                    }
                }
            }
        } catch (IOException e) {
            return lastWords.isEmpty() ? writer.why().orElse(Trouble.inWords(e)) : lastWords;
        } finally {
            courier = null;
            security = null;
            writer.abort();
        }
    }

    /// Dials until it works. Null when there is no use in going on.
    private @Nullable Session comeBack(String why) throws InterruptedException {
        if (dialer.wantsCode()) {
            return comeBackWithCode(why);
        }
        var wait = hurry.availablePermits() > 0 ? Duration.ZERO : backoff.next();
        inbox.put(new Event.Down(why, wait));
        while (true) {
            var _ = hurry.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
            switch (dialer.dial()) {
                case Outcome.LoggedIn(var session) -> {
                    return session;
                }
                case Outcome.MustChange(var session) -> {
                    session.abort();
                    return over(Ending.Kind.REFUSED, MUST_CHANGE);
                }
                case Outcome.MustEnrol(var session) -> {
                    session.abort();
                    return over(Ending.Kind.REFUSED, MUST_ENROL);
                }
                case Outcome.NotNow(var again) -> {
                    var step = backoff.next();
                    wait = step.compareTo(again) > 0 ? step : again;
                    inbox.put(new Event.StillDown(NOT_NOW, wait));
                }
                case Outcome.CannotConnect(var reason) -> {
                    if (leaving) {
                        return over(Ending.Kind.DONE, "");
                    }
                    wait = backoff.next();
                    inbox.put(new Event.StillDown(reason, wait));
                }
                case Outcome.Refused(var reason, _) -> {
                    return over(Ending.Kind.REFUSED, "login refused: " + reason);
                }
                case Outcome.NotTrusted(var verdict) -> {
                    return over(Ending.Kind.NOT_TRUSTED, Explanation.of(dialer.server(), verdict));
                }
            }
        }
    }

    /// A code is good for one login and for a minute, so each attempt waits for a person: there is
    /// no use in trying an old one, and every refusal counts.
    private @Nullable Session comeBackWithCode(String why) throws InterruptedException {
        var reason = why;
        while (true) {
            inbox.put(new Event.CodeWanted(reason));
            dialer.code(codes.take());
            switch (dialer.dial()) {
                case Outcome.LoggedIn(var session) -> {
                    return session;
                }
                case Outcome.CannotConnect(var cause) -> {
                    dialer.forgetCode();
                    reason = cause;
                }
                case Outcome.MustChange(var session) -> {
                    session.abort();
                    return over(Ending.Kind.REFUSED, MUST_CHANGE);
                }
                case Outcome.MustEnrol(var session) -> {
                    session.abort();
                    return over(Ending.Kind.REFUSED, MUST_ENROL);
                }
                case Outcome.NotNow(var again) ->
                        reason = NOT_NOW + "; wait " + again.toSeconds() + " s";
                case Outcome.Refused(var cause, _) -> reason = "login refused: " + cause;
                case Outcome.NotTrusted(var verdict) -> {
                    return over(Ending.Kind.NOT_TRUSTED, Explanation.of(dialer.server(), verdict));
                }
            }
            if (leaving) {
                return over(Ending.Kind.DONE, "");
            }
        }
    }

    private @Nullable Session over(Ending.Kind kind, String text) throws InterruptedException {
        inbox.put(new Event.Over(new Ending(kind, text)));
        return null;
    }
}
