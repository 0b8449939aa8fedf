package chat.parley.bench.server;

import chat.parley.bench.crowd.LoginWay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// ngIRCd, from Debian.
public final class NgIrcd implements Launcher {

    @Override
    public String name() {
        return "ngircd";
    }

    @Override
    public String missing() {
        return Programs.find("ngircd").isPresent() ? "" : "apt-get install ngircd";
    }

    @Override
    public Server start(Path work, int sessions) throws IOException, InterruptedException {
        Programs.makeCertificate(work);
        var program = Programs.find("ngircd").orElseThrow().toString();
        var port = Server.freePort();
        var config = Files.writeString(work.resolve("ngircd.conf"), config(work, port));
        var first = Programs.output(List.of(program, "--version")).lines().findFirst();
        return Server.start(
                new Server.Launch(
                        name(),
                        first.orElse("").replaceAll("^ngIRCd ([0-9.]+).*", "$1"),
                        port,
                        LoginWay.NONE,
                        List.of(program, "-n", "-f", config.toString()),
                        work,
                        work.resolve("ngircd.log")));
    }

    /// It wants a port without TLS as well.
    private static String config(Path work, int port) throws IOException {
        return """
        [Global]
        Name = bench.example.net
        Info = bench
        MotdPhrase = bench
        Listen = 127.0.0.1
        Ports = %d
        ServerUID = %s
        ServerGID = %s
        [Limits]
        MaxConnections = 0
        MaxConnectionsIP = 0
        MaxJoins = 0
        MaxPenaltyTime = 0
        PingTimeout = 600
        [Options]
        DNS = no
        Ident = no
        PAM = no
        [SSL]
        CertFile = %s
        KeyFile = %s
        Ports = %d
        """
                .formatted(
                        Server.freePort(),
                        Files.getOwner(work).getName(),
                        Files.getOwner(work).getName(),
                        work.resolve("peer.crt"),
                        work.resolve("peer.key"),
                        port);
    }
}
