package chat.parley.daemon.talks;

import chat.parley.daemon.hostile.DaemonProcess;
import java.io.IOException;

/// The daemon that a talk is had with: in the test's own process, or, where the talk kills it, in
/// one of its own.
sealed interface Stage extends AutoCloseable {

    static Stage of(TestDaemon daemon, boolean isKilled) {
        return isKilled ? new InProcessOfItsOwn(daemon) : new InThisProcess(daemon);
    }

    int port();

    /// The same daemon again, on the same data, after an order to stop.
    void restart();

    /// The same after `kill -9`.
    void kill();

    /// Who changes accounts beside the daemon.
    TestDaemon admin();

    /// That of the daemon, to be put forward.
    LaterClock clock();

    default Wire connect() {
        return Wire.connect(port());
    }

    default Wire login(String account, String... capabilities) {
        return TestDaemon.login(port(), account, capabilities);
    }

    @Override
    void close();

    /// The usual, as it is there at once.
    record InThisProcess(TestDaemon daemon) implements Stage {

        @Override
        public int port() {
            return daemon.port();
        }

        @Override
        public void restart() {
            daemon.restart();
        }

        @Override
        public void kill() {
            throw new IllegalStateException("it would take the test with it");
        }

        @Override
        public TestDaemon admin() {
            return daemon;
        }

        @Override
        public LaterClock clock() {
            return daemon.clock();
        }

        @Override
        public void close() {
            daemon.close();
        }
    }

    /// With the accounts and the configuration of another, which has stopped.
    final class InProcessOfItsOwn implements Stage {

        private final TestDaemon before;
        private DaemonProcess process;

        InProcessOfItsOwn(TestDaemon before) {
            before.close();
            this.before = before;
            process = started();
        }

        private DaemonProcess started() {
            try {
                return new DaemonProcess(before.conf());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public int port() {
            return process.port();
        }

        @Override
        public void restart() {
            process.stop();
            process = started();
        }

        @Override
        public void kill() {
            process.close();
            process = started();
        }

        @Override
        public TestDaemon admin() {
            return before;
        }

        @Override
        public LaterClock clock() {
            throw new IllegalStateException("a process has the clock of the machine");
        }

        @Override
        public void close() {
            process.close();
        }
    }
}
