package chat.parley.client;

import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A daemon, a [Cable] to it, and ann at the client.
final class Piped implements AutoCloseable {

    private final TestDaemon daemon;
    private final Path ca;
    private final Cable cable;
    private final Path home;

    Piped(TestDaemon daemon, Path home) {
        this.daemon = daemon;
        this.ca = ((DaemonConfig.Tls.Pem) daemon.config().tls().main()).certificate();
        this.cable = new Cable(daemon.port());
        this.home = home;
    }

    Cable cable() {
        return cable;
    }

    Wire login(String account, String... capabilities) {
        return daemon.login(account, capabilities);
    }

    String[] arguments(String... words) {
        var arguments = new ArrayList<>(List.of(words));
        arguments.addAll(
                List.of("--ca", ca.toString(), "--server", "ann@localhost:" + cable.port()));
        return arguments.toArray(String[]::new);
    }

    Map<String, String> environment() {
        return Map.of(
                "PARLEY_PASSWORD",
                TestDaemon.passwordOf("ann"),
                "XDG_CONFIG_HOME",
                home.toString());
    }

    Run parley(String stdin, String... words) {
        return Run.of(home, environment(), stdin, arguments(words));
    }

    Running running(String... words) throws IOException {
        return Running.start(environment(), arguments(words));
    }

    /// The `text` of a line of JSON, as it stands there.
    static String text(String json) {
        return json.replaceAll("^.*\"text\":\"(.*)\"}$", "$1");
    }

    static String id(String json) {
        return json.replaceAll(".*\"id\":\"([^\"]*)\".*", "$1");
    }

    /// Says the numbers from one to before the other, and waits until they are said.
    static void say(Wire who, String place, int from, int to) {
        IntStream.range(from, to).forEach(i -> who.send("PRIVMSG " + place + " :" + i));
        who.settle();
    }

    static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    /// All that was said there, as texts of JSON.
    List<String> said(String place) {
        return parley("", "history", place, "--json", "--limit", "1000").lines().stream()
                .map(Piped::text)
                .toList();
    }

    @Override
    public void close() {
        cable.close();
    }
}
