package chat.parley.client;

import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.hostile.DaemonProcess;
import chat.parley.daemon.talks.TestDaemon;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A daemon in a process of its own, which is killed and started again while clients talk with it
/// by a [Cable].
final class Mortal implements AutoCloseable {

    private final TestDaemon before;
    private final Path ca;
    private final Path home;
    private final Cable cable;
    private DaemonProcess process;

    Mortal(Path dir, Path home, String... accounts) throws IOException {
        before = new TestDaemon(dir);
        for (var account : accounts) {
            before.account(account);
        }
        before.close();
        ca = ((DaemonConfig.Tls.Pem) before.config().tls().main()).certificate();
        this.home = home;
        process = new DaemonProcess(before.conf());
        cable = new Cable(process.port());
    }

    /// `kill -9`.
    void kill() {
        process.close();
    }

    void startAgain() throws IOException {
        process = new DaemonProcess(before.conf());
        cable.leadTo(process.port());
    }

    Running running(String account, String... words) throws IOException {
        return Running.start(environment(account), arguments(account, words));
    }

    /// All that was said there, as texts of JSON.
    List<String> said(String account, String place) {
        var words = arguments(account, "history", place, "--json", "--limit", "1000");
        return Run.of(home.resolve(account), environment(account), "", words).lines().stream()
                .map(Piped::text)
                .toList();
    }

    private Map<String, String> environment(String account) {
        return Map.of(
                "PARLEY_PASSWORD",
                TestDaemon.passwordOf(account),
                "XDG_CONFIG_HOME",
                home.resolve(account).toString());
    }

    private String[] arguments(String account, String... words) {
        var arguments = new ArrayList<>(List.of(words));
        arguments.addAll(
                List.of("--ca", ca.toString(), "--server", account + "@localhost:" + cable.port()));
        return arguments.toArray(String[]::new);
    }

    @Override
    public void close() {
        cable.close();
        process.close();
    }
}
