package chat.parley.bench.bare;

import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.config.CurrentConfig;
import chat.parley.daemon.observe.Logs;
import chat.parley.daemon.tls.ServerTls;
import java.io.IOException;
import java.nio.file.Path;

/// Serves until it is stopped. Its arguments are the configuration of a daemon, whose certificate
/// and price of a password it takes, and a port.
public final class Main {

    private Main() {}

    public static void main(String[] args) throws ConfigProblem, IOException {
        Logs.install(); // as the daemon: what Bouncy Castle says of each handshake is not even made
        var config = CurrentConfig.load(Path.of(args[0])).get();
        var port = Integer.parseInt(args[1]);
        try (var server =
                new BareServer(ServerTls.of(config.tls()), config.auth().argon2(), port)) {
            server.serve();
        }
    }
}
