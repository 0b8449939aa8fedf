package chat.parley.bench.server;

import chat.parley.bench.crowd.LoginWay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The daemon of this checkout, as scripts/parleyd starts it.
///
/// @param root the checkout
/// @param durability `commit` or `process`
/// @param price what a password costs
/// @param waiting how many logins may wait for their turn
public record Parley(Path root, String durability, Price price, int waiting) implements Launcher {

    /// Of Argon2id, with one lane.
    public record Price(String memory, int passes) {

        /// The cheapest, where logins are not what is measured.
        public static final Price LEAST = new Price("64 KiB", 1);
    }

    /// With cheap passwords, where logins are not what is measured.
    public Parley(Path root, String durability) {
        this(root, durability, Price.LEAST, 100_000);
    }

    @Override
    public String name() {
        return "parley-" + durability;
    }

    @Override
    public String missing() {
        return "";
    }

    @Override
    public Server start(Path work, int sessions) throws IOException, InterruptedException {
        prepare(work, sessions);
        return again(work);
    }

    /// On what is in the folder.
    public Server again(Path work) throws IOException, InterruptedException {
        return again(work, Server.freePort());
    }

    /// A certificate and accounts: `bench0` and so on.
    public void prepare(Path work, int sessions) throws IOException, InterruptedException {
        Programs.output(
                List.of(
                        root.resolve("certs/make-dev-cert").toString(),
                        "--dir",
                        work.resolve("tls").toString()));
        configure(work, 0);
        Programs.output(
                List.of(script("parley-user"), "--config", file(work).toString(), "import"),
                IntStream.range(0, sessions)
                        .mapToObj(i -> "bench" + i)
                        .map(name -> name + ":" + LoginWay.password(name) + "\n")
                        .collect(Collectors.joining()));
    }

    /// On what is in the folder, at a certain port: for who comes back.
    public Server again(Path work, int port) throws IOException, InterruptedException {
        configure(work, port);
        return Server.start(
                new Server.Launch(
                        name(),
                        Programs.output(List.of(script("parleyd"), "--version"))
                                .strip()
                                .replaceAll("^[^0-9]*([0-9.]+).*", "$1"),
                        port,
                        LoginWay.SASL,
                        List.of(script("parleyd"), "--config", file(work).toString()),
                        work,
                        log(work)));
    }

    /// Where what it logs is.
    public static Path log(Path work) {
        return work.resolve("parley.log");
    }

    /// Where its data are.
    public static Path data(Path work) {
        return work.resolve("data");
    }

    private String script(String name) {
        return root.resolve("scripts").resolve(name).toString();
    }

    /// Its configuration.
    static Path file(Path work) {
        return work.resolve("parley.conf");
    }

    private void configure(Path work, int port) throws IOException {
        Files.writeString(
                file(work),
                """
                parley {
                  name = bench.example
                  data-dir = "%1$s/data"
                  listen = ["127.0.0.1:%2$d"]
                  tls { certificate = "%1$s/tls/parley.crt", key = "%1$s/tls/parley.key" }
                  channels.autojoin = []
                  history.durability = %3$s
                  auth { argon2 { memory = %4$s, passes = %5$d, lanes = 1 }, waiting = %6$d
                    attempts = 1000000 }
                  limits { send-queue = %7$d B, rate.burst = 1000000, login-within = 10m
                    connections { total = 100000, per-address = 100000, before-login = 100000 } }
                }
                """
                        .formatted(
                                work,
                                port,
                                durability,
                                price.memory(),
                                price.passes(),
                                waiting,
                                SEND_QUEUE));
    }
}
