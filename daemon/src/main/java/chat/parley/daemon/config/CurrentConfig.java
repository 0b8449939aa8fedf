package chat.parley.daemon.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// The configuration as it holds at the moment: read at the start, and again by REHASH or SIGHUP.
///
/// Some settings are taken up while the daemon runs; the rest holds from its start. It is replaced
/// as a whole, so that nobody sees one half of a change. Any thread.
public final class CurrentConfig implements Supplier<DaemonConfig> {

    /// Taken up while the daemon runs: at once, or for sessions that begin from then on.
    static final Set<String> LIVE =
            Set.of(
                    "motd-file",
                    "tls.certificate",
                    "tls.key",
                    "tls.keystore",
                    "tls.keystore-password-file",
                    "tls.more",
                    "tls.client-authorities",
                    "channels.autojoin",
                    "channels.create",
                    "history.replay",
                    "history.redact-within",
                    "history.keep.age",
                    "history.keep.size",
                    "history.keep.channels",
                    "limits.rate.burst",
                    "limits.rate.every",
                    "limits.rate.patience",
                    "limits.login-within",
                    "limits.silence",
                    "limits.pong-within",
                    "limits.write-within");

    private final Path file;
    private final Map<String, String> atStart;
    private final ReentrantLock lock = new ReentrantLock(); // one reads at a time
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile State state;
    private volatile Reader reader = _ -> List.of();

    /// Somebody who reads files that the configuration names.
    public interface Reader {

        /// Reads them again, and takes up what is in them.
        ///
        /// @return the settings whose files hold something else than before
        /// @throws ConfigProblem if anything is wrong with them; nothing was taken up
        List<String> reread(DaemonConfig read) throws ConfigProblem;
    }

    /// What holds, and how the file said it.
    private record State(DaemonConfig config, List<String> motd, Map<String, String> values) {}

    /// What came of reading it again.
    ///
    /// @param taken the keys whose values hold from now on
    /// @param kept the keys that were changed in the file and hold after the next start
    public record Reread(List<String> taken, List<String> kept) {

        /// For people.
        @Override
        public String toString() {
            return (taken.isEmpty() ? "nothing changed" : "taken up: " + String.join(", ", taken))
                    + (kept.isEmpty() ? "" : "; needs a restart: " + String.join(", ", kept));
        }
    }

    private CurrentConfig(Path file, State state) {
        this.file = file;
        this.atStart = state.values;
        this.state = state;
    }

    public static CurrentConfig load(Path file) throws ConfigProblem {
        return new CurrentConfig(file, read(file));
    }

    private static State read(Path file) throws ConfigProblem {
        var loaded = ConfigLoader.read(file, System.getenv());
        return new State(loaded.config(), motd(loaded.config()), loaded.values());
    }

    private static List<String> motd(DaemonConfig config) throws ConfigProblem {
        if (config.motdFile().isEmpty()) {
            return List.of();
        }
        var file = config.motdFile().get();
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new ConfigProblem(
                    file.toString(),
                    "the message of the day cannot be read: " + e.getMessage(),
                    "correct motd-file, or leave it out");
        }
    }

    @Override
    public DaemonConfig get() {
        return state.config;
    }

    /// The lines of the message of the day.
    public List<String> motd() {
        return state.motd;
    }

    /// The name of the file.
    public String file() {
        return file.toString();
    }

    /// Calls this after each change, on the thread that asked for it: it must not wait.
    public void whenReread(Runnable listener) {
        listeners.add(listener);
    }

    /// Who is asked whenever the file is read again, before anything of it holds.
    public void alsoRereadBy(Reader reader) {
        this.reader = reader;
    }

    /// Reads the file, the message of the day and the certificates again.
    ///
    /// @throws ConfigProblem if anything in them is wrong; then all stays as it was
    public Reread reread() throws ConfigProblem {
        var outcome = readAgain();
        listeners.forEach(Runnable::run);
        return outcome;
    }

    private Reread readAgain() throws ConfigProblem {
        lock.lock();
        try {
            var before = state;
            var read = read(file);
            var taken = new TreeSet<String>();
            var kept = new TreeSet<String>();
            for (var key : read.values.keySet()) {
                var holding = LIVE.contains(key) ? before.values : atStart;
                if (!read.values.get(key).equals(holding.get(key))) {
                    (LIVE.contains(key) ? taken : kept).add(key);
                }
            }
            if (!read.motd.equals(before.motd)) {
                taken.add("motd-file");
            }
            taken.addAll(reader.reread(read.config));
            state = new State(merged(before.config, read.config), read.motd, read.values);
            return new Reread(new ArrayList<>(taken), new ArrayList<>(kept));
        } finally {
            lock.unlock();
        }
    }

    private static DaemonConfig merged(DaemonConfig now, DaemonConfig read) {
        return new DaemonConfig(
                now.name(),
                now.network(),
                now.networkIcon(),
                now.dataDir(),
                now.listen(),
                now.webSocket(),
                read.motdFile(),
                read.tls(),
                read.channels(),
                now.identity(),
                now.auth(),
                new DaemonConfig.History(
                        now.history().durability(),
                        read.history().replay(),
                        read.history().redactWithin(),
                        read.history().keep()),
                now.audit(),
                now.metricsListen(),
                merged(now.limits(), read.limits()));
    }

    private static DaemonConfig.Limits merged(DaemonConfig.Limits now, DaemonConfig.Limits read) {
        return new DaemonConfig.Limits(
                now.frame(),
                now.tags(),
                now.beforeLogin(),
                read.rate(),
                now.connections(),
                now.sendQueue(),
                now.sendQueueTotal(),
                now.inbox(),
                now.channelsPerUser(),
                now.multiline(),
                now.metadata(),
                now.handshakeWithin(),
                read.loginWithin(),
                read.silence(),
                read.pongWithin(),
                read.writeWithin(),
                now.linger(),
                now.drainWithin());
    }
}
