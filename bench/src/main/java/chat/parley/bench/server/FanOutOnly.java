package chat.parley.bench.server;

import chat.parley.bench.crowd.LoginWay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The limit: a server in C that does nothing but hand on (bench/limit/fanout.c), with OpenSSL,
/// full records and no checks. Compiled each time that it is wanted.
///
/// @param root the checkout
public record FanOutOnly(Path root) implements Launcher {

    @Override
    public String name() {
        return "limit";
    }

    @Override
    public String missing() {
        return Programs.find("gcc").isPresent()
                        && Files.exists(Path.of("/usr/include/openssl/ssl.h"))
                ? ""
                : "apt-get install gcc libc6-dev libssl-dev";
    }

    @Override
    public Server start(Path work, int sessions) throws IOException, InterruptedException {
        Programs.makeCertificate(work);
        var program = work.resolve("fanout").toString();
        Programs.output(
                List.of(
                        "gcc",
                        "-O2",
                        "-Wall",
                        "-Wextra",
                        "-Werror",
                        "-o",
                        program,
                        root.resolve("bench/limit/fanout.c").toString(),
                        "-lssl",
                        "-lcrypto"));
        var port = Server.freePort();
        return Server.start(
                new Server.Launch(
                        name(),
                        Programs.output(List.of("openssl", "version"))
                                .strip()
                                .replaceAll("^OpenSSL ([0-9.]+[a-z]*).*", "OpenSSL $1"),
                        port,
                        LoginWay.NONE,
                        List.of(
                                program,
                                Integer.toString(port),
                                work.resolve("peer.crt").toString(),
                                work.resolve("peer.key").toString()),
                        work,
                        work.resolve("limit.log")));
    }
}
