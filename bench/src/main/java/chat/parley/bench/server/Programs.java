package chat.parley.bench.server;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Programs of this system, found and run.
public final class Programs {

    private Programs() {}

    /// Where a program is; also in the folders of root's programs.
    public static Optional<Path> find(String name) {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin");
        return Stream.concat(
                        Stream.of(path.split(File.pathSeparator, -1)),
                        Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// What a program prints, its errors too.
    ///
    /// @throws IOException with what it printed, if it fails
    public static String output(List<String> command, String input)
            throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command.getFirst() + " failed: " + output.strip());
        }
        return output;
    }

    public static String output(List<String> command) throws IOException, InterruptedException {
        return output(command, "");
    }

    /// A certificate and a key that GnuTLS and OpenSSL read: `peer.crt` and `peer.key`.
    static void makeCertificate(Path work) throws IOException, InterruptedException {
        if (!Files.exists(work.resolve("peer.key"))) {
            output(
                    List.of(
                            "openssl",
                            "req",
                            "-x509",
                            "-newkey",
                            "ec",
                            "-pkeyopt",
                            "ec_paramgen_curve:P-256",
                            "-nodes",
                            "-subj",
                            "/CN=localhost",
                            "-days",
                            "2",
                            "-keyout",
                            work.resolve("peer.key").toString(),
                            "-out",
                            work.resolve("peer.crt").toString()));
        }
    }
}
