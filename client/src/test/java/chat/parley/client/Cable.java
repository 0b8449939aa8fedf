package chat.parley.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The network between a client and a daemon, as a test wants it: it can be pulled out, and it can
/// keep to itself what the daemon says.
final class Cable implements AutoCloseable {

    private final ServerSocket server;
    private final int daemon;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean isOut; // guarded by lock: nobody gets through
    private boolean isMute; // guarded by lock: what the daemon says stays here

    /// @param daemon its port on this machine
    Cable(int daemon) {
        this.daemon = daemon;
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
                var client = server.accept();
                lock.lock();
                try {
                    if (isOut) {
                        drop(client);
                        continue;
                    }
                    var there = new Socket(InetAddress.getLoopbackAddress(), daemon);
                    sockets.addAll(List.of(client, there));
                    Thread.ofVirtual().start(() -> carry(client, there, false));
                    Thread.ofVirtual().start(() -> carry(there, client, true));
                } finally {
                    lock.unlock();
                }
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void carry(Socket from, Socket to, boolean canBeMute) {
        var buffer = new byte[8192];
        try {
            for (var n = from.getInputStream().read(buffer);
                    n >= 0;
                    n = from.getInputStream().read(buffer)) {
                if (canBeMute) {
                    waitUntilHeard();
                }
                to.getOutputStream().write(buffer, 0, n);
            }
            to.shutdownOutput();
        } catch (IOException _) {
            drop(from);
            drop(to);
        }
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
