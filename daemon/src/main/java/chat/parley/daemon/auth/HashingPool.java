package chat.parley.daemon.auth;

import chat.parley.daemon.limit.Network;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The only door to the hasher: few platform threads `hash-n`, and a short, fair queue before them.
///
/// A hash holds its thread for a tenth of a second and its memory with it, so how many are made at
/// once and how many may wait are both bounded. What does not fit is told so at once and nothing is
/// hashed. Any thread may submit; submitting never waits.
public final class HashingPool implements AutoCloseable {

    /// Something to be hashed.
    interface Job {

        /// On a hashing thread.
        void run();

        /// Instead of running: there was no room, or the daemon stops. Any thread; must not wait.
        void putOff();
    }

    private static final Logger log = LoggerFactory.getLogger(HashingPool.class);

    private final FairQueue<Network, Job> queue;
    private final List<Thread> threads;

    private HashingPool(int threads, int waiting) {
        queue = new FairQueue<>(waiting);
        this.threads =
                IntStream.rangeClosed(1, threads)
                        .mapToObj(n -> Thread.ofPlatform().name("hash-" + n).daemon())
                        .map(builder -> builder.unstarted(this::work))
                        .toList();
    }

    /// @param threads how many hashes are made at once
    /// @param waiting how many more may wait
    public static HashingPool start(int threads, int waiting) {
        var pool = new HashingPool(threads, waiting);
        pool.threads.forEach(Thread::start);
        return pool;
    }

    /// @param isKnown whether somebody is likely to be who they say; they are not kept waiting by
    ///   strangers
    void submit(Network from, boolean isKnown, Job job) {
        queue.add(from, job, isKnown).ifPresent(Job::putOff);
    }

    /// How many wait for a thread.
    public int waiting() {
        return queue.size();
    }

    private void work() {
        try {
            for (var next = queue.take(); next.isPresent(); next = queue.take()) {
                run(next.get());
            }
        } catch (InterruptedException _) {
            // Finish now.
        }
    }

    private static void run(Job job) {
        try {
            job.run();
        } catch (RuntimeException bug) { // the top of a thread
            log.atError().setCause(bug).log("bug while hashing");
            job.putOff();
        }
    }

    /// Puts off what waits and lets what is being hashed end.
    @Override
    public void close() {
        queue.close().forEach(Job::putOff);
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
