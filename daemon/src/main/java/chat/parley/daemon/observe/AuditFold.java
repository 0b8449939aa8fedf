package chat.parley.daemon.observe;

import chat.parley.daemon.observe.AuditEvent.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/// Nobody fills the disk with what they do wrong: of each minute and kind of event some are written
/// one by one, the rest as one line with how many there were.
///
/// What the house does, or a member changes, is never folded. A shared table: its lock is a leaf.
final class AuditFold {

    static final Duration WINDOW = Duration.ofMinutes(1);

    /// Of one kind in a minute. A member who opens a session and closes it again makes few lines.
    private static final int OF_ONE_MEMBER = 30;

    private static final int OF_ONE_NETWORK = 10;

    /// Of one kind by all strangers together: at once, and in a minute when it goes on. Twenty
    /// lines a minute are some 10 MB a day.
    private static final int BURST = 300;

    private static final int SUSTAINED = 20;

    /// Whose doing it was is told apart for so many, and no more.
    private static final int MOST_CAUSES = 1_000;

    /// And for so many members, all of whom may come back at once after a restart.
    private static final int MOST_MEMBERS = 50_000;

    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Map<String, Kind> kinds = new TreeMap<>(); // guarded by lock; our own words

    /// Events with the same words.
    private static final class Kind {
        private int allowance = BURST; // of strangers
        private Window window = new Window(Instant.MAX);
    }

    /// A minute of one kind.
    private static final class Window {
        private final Instant since;
        private final Map<Cause, Integer> written = new HashMap<>();
        private final Map<Cause, Integer> folded = new HashMap<>();
        private int sum;

        Window(Instant since) {
            this.since = since;
        }
    }

    /// Whether the event gets a line of its own. If not, it is counted.
    boolean isWritten(AuditEvent event, Instant now) {
        if (event.cause() instanceof Cause.House) {
            return true;
        }
        lock.lock();
        try {
            var kind = kinds.computeIfAbsent(event.what(), _ -> new Kind());
            if (kind.window.since.equals(Instant.MAX)) {
                kind.window = new Window(now);
            }
            var written = isAllowed(kind, event.cause());
            var counts = written ? kind.window.written : kind.window.folded;
            if (written || counts.size() < MOST_CAUSES || counts.containsKey(event.cause())) {
                counts.merge(event.cause(), 1, Integer::sum);
            }
            kind.window.sum += written ? 0 : 1;
            return written;
        } finally {
            lock.unlock();
        }
    }

    private static boolean isAllowed(Kind kind, Cause cause) {
        var before = kind.window.written.getOrDefault(cause, 0);
        return switch (cause) {
            case Cause.House _ -> true;
            case Cause.Member _ ->
                    before < OF_ONE_MEMBER && kind.window.written.size() < MOST_MEMBERS;
            case Cause.Stranger _ ->
                    before < OF_ONE_NETWORK
                            && kind.allowance > 0
                            && kind.window.written.size() < MOST_CAUSES
                            && kind.allowance-- > 0;
        };
    }

    /// What was counted in windows that are over; they begin anew.
    ///
    /// @param all also of those that are not over
    List<AuditEvent> sums(Instant now, boolean all) {
        var sums = new ArrayList<AuditEvent>();
        lock.lock();
        try {
            kinds.forEach((what, kind) -> {
                var window = kind.window;
                if (window.since.equals(Instant.MAX)
                        || (!all && now.isBefore(window.since.plus(WINDOW)))) {
                    return;
                }
                if (window.sum > 0) {
                    sums.add(sum(what, window));
                }
                var minutes = Math.max(1, Duration.between(window.since, now).toMinutes());
                kind.allowance =
                        (int)
                                Math.min(
                                        BURST,
                                        kind.allowance + Math.min(BURST, minutes) * SUSTAINED);
                kind.window = new Window(Instant.MAX);
            });
        } finally {
            lock.unlock();
        }
        return sums;
    }

    private static AuditEvent sum(String what, Window window) {
        var most =
                Collections.max(
                        window.folded.entrySet(), Comparator.comparingInt(Map.Entry::getValue));
        var causes = window.folded.size();
        return AuditEvent.of("more of the same")
                .with("of", what)
                .with("count", Integer.toString(window.sum))
                .with("since", window.since.toString())
                .with("sources", causes < MOST_CAUSES ? Integer.toString(causes) : "many")
                .with("most", name(most.getKey()))
                .with("most-count", Integer.toString(most.getValue()));
    }

    private static String name(Cause cause) {
        return switch (cause) {
            case Cause.House _ -> "";
            case Cause.Member(var account) -> account;
            case Cause.Stranger(var network) -> network;
        };
    }
}
