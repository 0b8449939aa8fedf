package chat.parley.daemon.session;

import chat.parley.daemon.store.OpenSession;
import chat.parley.daemon.store.SqliteSessions;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes down once a second which sessions there are, if that changed, for the admin's tool.
///
/// A thread of its own, so that no session waits for the disk when it comes or goes, and a thousand
/// that come at once are one transaction.
public final class SessionRoll implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SessionRoll.class);
    private static final Duration OFTEN = Duration.ofSeconds(1);

    private final Supplier<List<OpenSession>> sessions;
    private final SqliteSessions store;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    // The thread's own.
    private Map<Long, OpenSession> noted = Map.of();
    private boolean failing;

    private SessionRoll(Supplier<List<OpenSession>> sessions, SqliteSessions store) {
        this.sessions = sessions;
        this.store = store;
        thread = Thread.ofPlatform().name("session-roll").daemon().unstarted(this::run);
    }

    /// Forgets what an earlier daemon wrote, and begins.
    public static SessionRoll start(Supplier<List<OpenSession>> sessions, SqliteSessions store)
            throws IOException {
        store.clear();
        var roll = new SessionRoll(sessions, store);
        roll.thread.start();
        return roll;
    }

    private void run() {
        try {
            while (!closed.await(OFTEN.toNanos(), TimeUnit.NANOSECONDS)) {
                note(byNumber(sessions.get()));
            }
            note(Map.of());
        } catch (InterruptedException _) {
            // Finish now.
        }
    }

    private static Map<Long, OpenSession> byNumber(List<OpenSession> open) {
        var byNumber = HashMap.<Long, OpenSession>newHashMap(open.size());
        open.forEach(one -> byNumber.put(one.number(), one));
        return byNumber;
    }

    private void note(Map<Long, OpenSession> open) {
        if (open.equals(noted)) {
            return;
        }
        // What is another account's now has ended and begun.
        var begun =
                open.values().stream().filter(one -> !one.equals(noted.get(one.number()))).toList();
        var ended =
                noted.values().stream()
                        .filter(one -> !one.equals(open.get(one.number())))
                        .map(OpenSession::number)
                        .toList();
        try {
            store.note(begun, ended);
            noted = open;
            failing = false;
        } catch (IOException problem) { // tried again in a second, with what changed until then
            if (!failing) {
                LOG.atWarn().setCause(problem).log("sessions not written down");
            }
            failing = true;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
