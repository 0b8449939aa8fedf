package chat.parley.bench.scenario;

import chat.parley.bench.crowd.LoginWay;
import chat.parley.bench.server.Ergo;
import chat.parley.bench.server.FanOutOnly;
import chat.parley.bench.server.InspIrcd;
import chat.parley.bench.server.Launcher;
import chat.parley.bench.server.NgIrcd;
import chat.parley.bench.server.Parley;
import chat.parley.bench.server.Server;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/// Which server is measured: one that we start, or one that runs.
public final class Target {

    /// The checkout; scripts say where it is.
    public static final Path ROOT = Path.of(System.getProperty("bench.root", "."));

    @Option(
            names = "--server",
            paramLabel = "NAME",
            description =
                    "Starts one: parley-commit, parley-process, inspircd, ngircd, ergo or limit."
                            + " Default: ${DEFAULT-VALUE}.")
    private String name = "parley-commit";

    @Option(
            names = "--at",
            paramLabel = "HOST:PORT",
            description = "One that runs, instead. It must know the accounts if it has any.")
    private String at = "";

    @Option(names = "--pid", paramLabel = "N", description = "Its process, with --at.")
    private long pid = ProcessHandle.current().pid();

    @Option(
            names = "--login",
            paramLabel = "HOW",
            description = "none, pass or sasl, with --at. Default: none.")
    private LoginWay way = LoginWay.NONE;

    /// All that we can start.
    public static List<Launcher> launchers() {
        return List.of(
                new Parley(ROOT, "commit"),
                new Parley(ROOT, "process"),
                new InspIrcd(),
                new NgIrcd(),
                new Ergo(),
                new FanOutOnly(ROOT));
    }

    /// @throws IOException if there is none of this name
    public static Launcher launcher(String name) throws IOException {
        return launchers().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IOException("no server " + name + " is known"));
    }

    /// The server, in a folder of this place.
    Server start(Path work, int sessions) throws IOException, InterruptedException {
        if (!at.isEmpty()) {
            var colon = at.lastIndexOf(':');
            var address =
                    new InetSocketAddress(
                            at.substring(0, colon), Integer.parseInt(at.substring(colon + 1)));
            return Server.elsewhere(at, address, way, pid);
        }
        var launcher = launcher(name);
        if (!launcher.missing().isEmpty()) {
            throw new IOException("there is no " + name + " here: " + launcher.missing());
        }
        return launcher.start(work, sessions);
    }
}
