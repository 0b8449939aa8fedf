package chat.parley.client.link;

import chat.parley.protocol.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One session's writer: the only thread that writes, and the one that notices silence.
///
/// Others only put messages into its queue, which never blocks: a queue that is full means that the
/// daemon reads no more, and the connection is given up.
final class Courier {

    private static final int QUEUE = 1024;
    private static final Duration LOOK = Duration.ofSeconds(15);

    /// After so long without a word from the daemon, PING; after twice as long, it is dead.
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private static final Message WAKE = Message.of("QUIT"); // known by identity, never sent

    private final Session session;
    private final BlockingQueue<Message> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Thread thread = Thread.ofVirtual().name("courier").unstarted(this::run);
    private volatile long heardAt = System.nanoTime();
    private volatile @Nullable String leaving;
    private volatile @Nullable String why;

    Courier(Session session) {
        this.session = session;
    }

    void start() {
        thread.start();
    }

    void take(Message message) {
        if (!queue.offer(message)) {
            giveUp("the daemon does not read any more");
        }
    }

    /// The daemon said something.
    void heard() {
        heardAt = System.nanoTime();
    }

    /// Writes what waits, says QUIT and closes in good order. Never blocks: the courier does it.
    void leave(String reason) {
        leaving = reason;
        take(WAKE); // not an interrupt: that would close the socket under a write
    }

    /// Any thread; never blocks.
    void abort() {
        session.abort();
        thread.interrupt();
    }

    /// Why this side gave the connection up, if it did.
    Optional<String> why() {
        return Optional.ofNullable(why);
    }

    private void giveUp(String reason) {
        why = reason;
        session.abort();
    }

    private void run() {
        try {
            while (true) {
                var first = queue.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                if (first == null) {
                    listen();
                    continue;
                }
                var batch = new ArrayList<Message>();
                batch.add(first);
                queue.drainTo(batch);
                batch.removeIf(Courier::isWake);
                if (!batch.isEmpty()) {
                    session.send(batch);
                }
                var reason = leaving;
                if (reason != null) {
                    session.leave(reason);
                    return;
                }
            }
        } catch (InterruptedException _) {
            // finish now
        } catch (IOException e) {
            giveUp(Trouble.inWords(e));
        }
    }

    @SuppressWarnings("ReferenceEquality") // this very object, and not a QUIT that looks like it
    private static boolean isWake(Message message) {
        return message == WAKE;
    }

    private void listen() throws IOException {
        var silent = Duration.ofNanos(System.nanoTime() - heardAt);
        if (silent.compareTo(SILENCE.multipliedBy(2)) > 0) {
            giveUp("no sign of life for " + silent.toSeconds() + " s");
        } else if (silent.compareTo(SILENCE) > 0) {
            session.send(Message.of("PING", "parley"));
        }
    }
}
