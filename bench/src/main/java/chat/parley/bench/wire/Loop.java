package chat.parley.bench.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// One selector and the thread that looks after its links: all that a link causes happens there.
///
/// The buffers are the thread's, shared by its links, so that a link at rest costs little.
public final class Loop implements AutoCloseable {

    private static final int CIPHER = 256 * 1024; // what one read may bring
    private static final int RECORD = 17 * 1024; // the longest TLS record, and some

    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<Runnable> ticks = new ArrayList<>(); // the thread's
    private final ByteBuffer cipher = ByteBuffer.allocate(CIPHER);
    private final byte[] decrypted = new byte[RECORD];
    private final ByteBuffer plain = ByteBuffer.wrap(decrypted);
    private final ByteBuffer out = ByteBuffer.allocate(RECORD);
    private volatile boolean over;

    private Loop(String name) throws IOException {
        selector = Selector.open();
        thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    /// A loop that runs.
    public static Loop start(String name) throws IOException {
        var loop = new Loop(name);
        loop.thread.start();
        return loop;
    }

    /// Has something done by the loop's thread. Any thread.
    public void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /// Waits until all that was to be executed so far has been. Any other thread.
    public void awaitTasks() throws InterruptedException {
        var done = new CountDownLatch(1);
        execute(done::countDown);
        if (!done.await(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("a loop does not answer");
        }
    }

    /// Has something done each time that the loop has looked at its links, and every millisecond.
    /// The loop's thread.
    public void addTick(Runnable tick) {
        ticks.add(tick);
    }

    /// The loop's thread.
    public void removeTick(Runnable tick) {
        ticks.remove(tick);
    }

    /// The processor time of the loop's thread, in nanoseconds. Any thread.
    public long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId());
    }

    /// Ends the thread. Links that are open are left to the end of the process, or to their server.
    @Override
    public void close() {
        over = true;
        selector.wakeup();
    }

    Selector selector() {
        return selector;
    }

    ByteBuffer cipher() {
        return cipher;
    }

    /// The array that lies under [#plain].
    byte[] decrypted() {
        return decrypted;
    }

    ByteBuffer plain() {
        return plain;
    }

    ByteBuffer out() {
        return out;
    }

    private void run() {
        try (selector) {
            while (!over) {
                selector.select(Loop::ready, ticks.isEmpty() ? 0 : 1);
                tasks();
                for (var i = 0; i < ticks.size(); i++) {
                    ticks.get(i).run();
                }
            }
            tasks();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tasks() {
        for (var task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private static void ready(SelectionKey key) {
        if (key.attachment() instanceof TlsLink link) {
            link.ready();
        }
    }
}
