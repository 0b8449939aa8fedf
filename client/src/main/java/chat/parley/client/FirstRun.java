package chat.parley.client;

import chat.parley.client.link.ServerAddress;
import chat.parley.client.ui.Taste;
import chat.parley.client.ui.TerminalText;
import chat.parley.client.ui.Terminals;
import chat.parley.client.ui.Tty;
import chat.parley.protocol.JsonLine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/// `parley` for the first time: asks which server and which account, logs in, writes the profile
/// once that has worked, and talks. The password, and whether to trust the key, are asked for as
/// always.
final class FirstRun {

    private static final int TRIES = 3;

    private FirstRun() {}

    static ExitCode run(Surroundings around) throws Problem, InterruptedException {
        var connection = ask(around);
        var talk = new Request.Talk(connection, List.of(), new Terminals.Wish(false, true, true));
        return Talk.run(
                talk,
                around,
                () -> write(connection, Profiles.file(around.environment()), around.err()));
    }

    private static Request.Connection ask(Surroundings around) throws Problem {
        var person = around.person().get();
        if (person.isEmpty()) {
            throw Problem.wrongUse(
                    "which server? parley [user@]host[:port], or PARLEY_SERVER; on a terminal you are"
                            + " asked");
        }
        try (var tty = person.get()) {
            var server = server(tty);
            var usual = around.environment().getOrDefault("USER", "");
            var account =
                    tty.answer(
                                    "Your account there"
                                            + (usual.isEmpty() ? "" : " [" + usual + "]")
                                            + ": ")
                            .orElse(usual);
            if (!account.matches("[^\\s:,][^\\s,]*")) {
                throw Problem.wrongUse("no account was named");
            }
            return new Request.Connection(
                    server,
                    account,
                    new Request.PasswordFrom.Usual(),
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Taste.unsaid());
        } catch (IOException e) {
            throw Problem.wrongUse("the answer cannot be read: " + e.getMessage());
        }
    }

    private static ServerAddress server(Tty tty) throws IOException, Problem {
        for (var tries = 0; tries < TRIES; tries++) {
            var typed = tty.answer("Your team's server, host or host:port: ");
            if (typed.isEmpty()) {
                break;
            }
            var server = ServerAddress.parse(typed.get());
            if (server.isPresent()) {
                return server.get();
            }
        }
        throw Problem.wrongUse("no server was named; it is host or host:port");
    }

    /// Whole or not at all, and never over a file that is there. Whoever is in stays in without it.
    static void write(Request.Connection connection, Path file, PrintStream err) {
        var folder = file.toAbsolutePath().getParent();
        if (folder == null || Files.exists(file)) {
            return;
        }
        try {
            Files.createDirectories(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            var next =
                    Files.createTempFile(
                            folder,
                            "client",
                            ".new",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
            try {
                Files.writeString(
                        next, text(connection), StandardCharsets.UTF_8, StandardOpenOption.SYNC);
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(next);
            }
            err.println("Written to " + file + ": from now on `parley` is enough.");
        } catch (IOException e) {
            err.println(
                    "parley: no profile was written, so the next run asks again: "
                            + TerminalText.plain(String.valueOf(e.getMessage())));
        }
    }

    private static String text(Request.Connection connection) {
        return """
        # Made by parley at its first run. The manual is conf/client.conf of the distribution.
        default = home
        profiles {
          home {
            server = %s
            account = %s
          }
        }
        """
                .formatted(
                        JsonLine.quoted(connection.server().toString()),
                        JsonLine.quoted(connection.account()));
    }
}
