package chat.parley.bench.server;

import chat.parley.bench.crowd.LoginWay;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Ergo, a server in Go: the one of Debian from 13 on, or any other that is there.
///
/// Debian has a program `ergo` that computes molecules, so each is asked what it is.
///
/// @param given where it is; empty to look for it
public record Ergo(String given) implements Launcher {

    private static final int PATIENCE_SECONDS = 10;
    private static final String VERSION = "ergo-";

    /// Where the environment says, or on the path.
    public Ergo() {
        this(Optional.ofNullable(System.getenv("ERGO")).orElse(""));
    }

    /// A program, and its version.
    private record Found(Path program, String version) {}

    @Override
    public String name() {
        return "ergo";
    }

    @Override
    public String missing() {
        return find().isPresent()
                ? ""
                : "apt-get install ergochat (Debian 13 or newer), or ERGO=FILE for its program";
    }

    @Override
    public Server start(Path work, int sessions) throws IOException, InterruptedException {
        Programs.makeCertificate(work);
        var found = find().orElseThrow();
        var program = found.program().toString();
        var port = Server.freePort();
        var config = Files.writeString(work.resolve("ergo.yaml"), config(work, port)).toString();
        Programs.output(List.of(program, "initdb", "--conf", config, "--quiet"));
        return Server.start(
                new Server.Launch(
                        name(),
                        found.version(),
                        port,
                        LoginWay.NONE,
                        List.of(program, "run", "--conf", config, "--quiet"),
                        work,
                        work.resolve("ergo.log")));
    }

    private Optional<Found> find() {
        var candidates =
                given.isEmpty()
                        ? Stream.of("ergochat", "ergo")
                                .flatMap(name -> Programs.find(name).stream())
                        : Stream.of(Path.of(given));
        return candidates
                .map(Path::toAbsolutePath)
                .flatMap(program -> asked(program).stream())
                .findFirst();
    }

    /// The program if it is the right one. It runs where nobody can write: the wrong one writes
    /// files where it stands.
    private static Optional<Found> asked(Path program) {
        try {
            var process =
                    new ProcessBuilder(program.toString(), "--version")
                            .directory(new File("/proc"))
                            .redirectInput(new File("/dev/null"))
                            .redirectErrorStream(true)
                            .start();
            process.onExit().completeOnTimeout(process, PATIENCE_SECONDS, TimeUnit.SECONDS).join();
            if (process.isAlive()) {
                process.destroyForcibly();
                return Optional.empty();
            }
            try (var answer = process.inputReader(StandardCharsets.UTF_8)) {
                return Optional.ofNullable(answer.readLine())
                        .filter(line -> line.startsWith(VERSION))
                        .map(line -> new Found(program, line.substring(VERSION.length()).strip()));
            }
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// What is said is kept in memory, as it does unless told otherwise: 2,048 lines a channel.
    private static String config(Path work, int port) {
        return """
        network:
          name: Bench
        server:
          name: bench.example.net
          listeners:
            "127.0.0.1:%2$d":
              tls: { cert: "%1$s/peer.crt", key: "%1$s/peer.key" }
              min-tls-version: 1.3
          casemapping: ascii
          enforce-utf8: true
          lookup-hostnames: false
          check-ident: false
          max-sendq: %3$dB
          compatibility: { force-trailing: true }
          ip-limits: { count: false, throttle: false }
          ip-cloaking: { enabled: false }
        accounts:
          authentication-enabled: false
          registration: { enabled: false }
          nick-reservation: { enabled: false }
        channels:
          default-modes: +nt
          max-channels-per-client: 100
        fakelag: { enabled: false }
        history:
          enabled: true
          channel-length: 2048
          client-length: 256
          autoresize-window: 3d
          chathistory-maxmessages: 1000
          restrictions: { expire-time: 1w, query-cutoff: none, grace-period: 1h }
        limits:
          nicklen: 32
          identlen: 20
          realnamelen: 150
          channellen: 64
          awaylen: 390
          kicklen: 390
          topiclen: 390
          monitor-entries: 100
          whowas-entries: 100
          chan-list-modes: 100
          registration-messages: 1024
        logging:
          - { method: stderr, type: "* -userinput -useroutput", level: warn }
        lock-file: "%1$s/ergo.lock"
        datastore: { path: "%1$s/ergo.db", autoupgrade: true }
        languages: { enabled: false, default: en }
        """
                .formatted(work, port, SEND_QUEUE);
    }
}
