package chat.parley.daemon.limit;

import chat.parley.daemon.config.DaemonConfig;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// How many connections there may be: in all, from one network, and before login.
///
/// A connection is one [Permit], from before it is accepted until it is gone. Any thread; one lock,
/// a leaf.
public final class AddressLimiter {

    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Condition freed = lock.newCondition();
    private final Map<Network, Integer> perNetwork = new HashMap<>(); // guarded by lock
    private int total; // guarded by lock
    private int beforeLogin; // guarded by lock

    private final DaemonConfig.Connections limits;

    public AddressLimiter(DaemonConfig.Connections limits) {
        this.limits = limits;
    }

    /// The right to accept one more connection. Waits while all are in use, so that whoever is too
    /// many waits in the system's queue and costs nothing here.
    public Permit permit() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (total >= limits.total()) {
                freed.await();
            }
            total++;
            return new Permit();
        } finally {
            lock.unlock();
        }
    }

    /// How many connections there are now, those being made included.
    public int inUse() {
        lock.lock();
        try {
            return total;
        } finally {
            lock.unlock();
        }
    }

    /// One connection's place. Closed when the connection is gone; closing it again does nothing.
    public final class Permit implements AutoCloseable {

        private @Nullable Network network; // guarded by lock; null until admitted
        private boolean loggedIn; // guarded by lock
        private boolean closed; // guarded by lock

        private Permit() {}

        /// Whether a peer at this address may come in. Asked once; false means: close the
        /// connection, then the permit.
        public boolean admit(InetAddress address) {
            var from = Network.of(address);
            lock.lock();
            try {
                if (beforeLogin >= limits.beforeLogin()
                        || perNetwork.getOrDefault(from, 0) >= limits.perAddress()) {
                    return false;
                }
                network = from;
                perNetwork.merge(from, 1, Integer::sum);
                beforeLogin++;
                return true;
            } finally {
                lock.unlock();
            }
        }

        /// The peer has logged in and makes room for the next stranger.
        public void loggedIn() {
            lock.lock();
            try {
                if (network != null && !loggedIn && !closed) {
                    loggedIn = true;
                    beforeLogin--;
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                if (!closed) {
                    closed = true;
                    release();
                }
            } finally {
                lock.unlock();
            }
        }

        private void release() {
            total--;
            freed.signal();
            if (network != null) {
                perNetwork.computeIfPresent(network, (_, count) -> count == 1 ? null : count - 1);
                if (!loggedIn) {
                    beforeLogin--;
                }
            }
        }
    }
}
