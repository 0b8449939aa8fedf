package chat.parley.daemon.store;

import chat.parley.daemon.store.ChannelLog.Kept;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// A few threads that search, each over a connection of its own, for one account at a time: who
/// asks ten times at once waits for itself, and the others wait for one search of each account
/// before them, in the order in which they came.
///
/// Any thread may ask; it waits for its account's turn, then for a thread.
final class Searchers implements Search, AutoCloseable {

    /// So that those who wait behind a search do not wait long.
    private static final Duration LONGEST = Duration.ofSeconds(1);

    /// A search takes a core while it runs, and talking needs some too.
    static final int THREADS = 2;

    private final List<LogThread> all = new ArrayList<>();
    private final BlockingQueue<LogThread> idle = new ArrayBlockingQueue<>(THREADS, true);
    private final ConcurrentHashMap<String, Turn> turns = new ConcurrentHashMap<>();

    /// Of one account that searches.
    private record Turn(Semaphore free, int interested) {

        Turn with(int more) {
            return new Turn(free, interested + more);
        }
    }

    Searchers(LogThread.Opening opening, LogThread.Watching watching) {
        for (var i = 1; i <= THREADS; i++) {
            all.add(LogThread.startOneByOne("search-" + i, opening, watching));
        }
        idle.addAll(all);
    }

    @Override
    public Optional<List<Kept>> find(Scope where, Wanted what)
            throws IOException, InterruptedException {
        return ask(where.account(), tables -> tables.search().find(where, what, LONGEST));
    }

    /// Does this when it is the account's turn.
    <T> T ask(String account, LogThread.Task<T> task) throws IOException, InterruptedException {
        var turn = interested(account);
        try {
            turn.free.acquire();
            try {
                return asked(task);
            } finally {
                turn.free.release();
            }
        } finally {
            turns.computeIfPresent(account, (_, one) -> one.interested == 1 ? null : one.with(-1));
        }
    }

    private Turn interested(String account) {
        return turns.compute(
                account,
                (_, one) -> one == null ? new Turn(new Semaphore(1, true), 1) : one.with(1));
    }

    private <T> T asked(LogThread.Task<T> task) throws IOException, InterruptedException {
        var thread = idle.take();
        try {
            return thread.ask(task);
        } finally {
            idle.add(thread); // there is room: it was taken
        }
    }

    /// How many accounts search or wait.
    int accounts() {
        return turns.size();
    }

    @Override
    public void close() {
        all.forEach(LogThread::close);
    }
}
