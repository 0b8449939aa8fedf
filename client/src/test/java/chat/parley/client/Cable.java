package chat.parley.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// The network between a client and a daemon, as a test wants it: it can be pulled out, keep to
/// itself what the daemon says, be late, and damage what it carries.
final class Cable implements AutoCloseable {

    /// Of a slow cable: so many bytes at once, and so long between them.
    private static final int DRIB = 61;

    private static final long LATE = TimeUnit.MILLISECONDS.toNanos(2);

    private final ServerSocket server;
    private final AtomicInteger daemon;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean isOut; // guarded by lock: nobody gets through
    private boolean isMute; // guarded by lock: what the daemon says stays here
    private boolean isSlow; // guarded by lock
    private final EnumSet<Way> damaged = EnumSet.noneOf(Way.class); // guarded by lock

    /// Which way something goes.
    enum Way {
        TO_THE_DAEMON,
        TO_THE_CLIENT
    }

    /// @param daemon its port on this machine
    Cable(int daemon) {
        this.daemon = new AtomicInteger(daemon);
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        Thread.ofVirtual().name("cable").start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /// Whoever comes from now on gets to this port: the daemon listens on another.
    void leadTo(int port) {
        daemon.set(port);
    }

    /// Ends what is connected, without a word, and lets nobody in.
    void pullOut() {
        change(true, false);
        sockets.forEach(Cable::drop);
        sockets.clear();
    }

    void plugIn() {
        change(false, false);
    }

    /// From now on the client hears nothing; the daemon does.
    void mute() {
        change(false, true);
    }

    /// From now on bytes come late and in dribs, both ways.
    void slow() {
        lock.lock();
        try {
            isSlow = true;
        } finally {
            lock.unlock();
        }
    }

    /// One byte of what goes this way next is another when it arrives.
    void damage(Way way) {
        lock.lock();
        try {
            damaged.add(way);
        } finally {
            lock.unlock();
        }
    }

    private void change(boolean out, boolean mute) {
        lock.lock();
        try {
            isOut = out;
            isMute = mute;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        try {
            while (true) {
                admit(server.accept());
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void admit(Socket client) {
        lock.lock();
        try {
            if (isOut) {
                drop(client);
                return;
            }
            var there = new Socket(InetAddress.getLoopbackAddress(), daemon.get());
            sockets.addAll(List.of(client, there));
            Thread.ofVirtual().start(() -> carry(client, there, Way.TO_THE_DAEMON));
            Thread.ofVirtual().start(() -> carry(there, client, Way.TO_THE_CLIENT));
        } catch (IOException _) {
            drop(client); // the daemon is not there
        } finally {
            lock.unlock();
        }
    }

    private void carry(Socket from, Socket to, Way way) {
        var buffer = new byte[8192];
        try {
            for (var n = from.getInputStream().read(buffer);
                    n >= 0;
                    n = from.getInputStream().read(buffer)) {
                if (way == Way.TO_THE_CLIENT) {
                    waitUntilHeard();
                }
                if (isDamaged(way)) {
                    buffer[n - 1] ^= 1;
                }
                for (var at = 0; at < n; ) {
                    var drib = dawdle(n - at);
                    to.getOutputStream().write(buffer, at, drib);
                    at += drib;
                }
            }
            to.shutdownOutput();
        } catch (IOException _) {
            drop(from);
            drop(to);
        }
    }

    private boolean isDamaged(Way way) {
        lock.lock();
        try {
            return damaged.remove(way);
        } finally {
            lock.unlock();
        }
    }

    /// How many of so many bytes go now.
    private int dawdle(int bytes) {
        lock.lock();
        try {
            if (!isSlow) {
                return bytes;
            }
        } finally {
            lock.unlock();
        }
        LockSupport.parkNanos(LATE); // time is what it is about
        return Math.min(DRIB, bytes);
    }

    private void waitUntilHeard() throws IOException {
        lock.lock();
        try {
            while (isMute) {
                changed.awaitUninterruptibly();
            }
            if (isOut) {
                throw new IOException("pulled out");
            }
        } finally {
            lock.unlock();
        }
    }

    private static void drop(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException _) {
            // closed or not, nothing more can be done
        }
    }

    @Override
    public void close() {
        drop(server);
        pullOut();
    }

    private static void drop(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // closed or not, nothing more can be done
        }
    }
}
