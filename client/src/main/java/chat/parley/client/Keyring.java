package chat.parley.client;

import chat.parley.client.link.ServerAddress;
import chat.parley.protocol.PasswordAndCode;
import chat.parley.protocol.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// The desktop's keyring, by `secret-tool` of libsecret, where that is installed. A password goes
/// to it by its standard input and comes from its standard output.
///
/// @param tool where the program is
record Keyring(Path tool) {

    /// It may ask the person to unlock it, and it may never answer.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static Optional<Keyring> in(Surroundings around) {
        return OtherProgram.find("secret-tool", around.environment()).map(Keyring::new);
    }

    /// A keyring that does not work is as one that has nothing; one that hangs is told of.
    Optional<Secret> find(Request.Connection connection, Surroundings around)
            throws InterruptedException {
        try {
            var result = run("lookup", connection).run(new byte[0]);
            if (result.isEmpty()) {
                around.err()
                        .println(
                                "parley: the keyring gave no answer within "
                                        + PATIENCE.toSeconds()
                                        + " s and is left alone");
            }
            return result.filter(it -> it.code() == 0).flatMap(OtherProgram.Result::line);
        } catch (IOException _) { // see above
            return Optional.empty();
        }
    }

    void store(Request.Connection connection, Secret password)
            throws Problem, InterruptedException {
        var label = "--label=Parley: " + connection.account() + " at " + connection.server();
        done(
                OtherProgram.quiet(
                        PATIENCE,
                        tool.toString(),
                        "store",
                        label,
                        "service",
                        "parley",
                        "server",
                        address(connection.server()),
                        "account",
                        connection.account()),
                PasswordAndCode.bytes(password.copy()));
    }

    void remove(Request.Connection connection) throws Problem, InterruptedException {
        done(run("clear", connection), new byte[0]);
    }

    private OtherProgram run(String action, Request.Connection connection) {
        return OtherProgram.quiet(
                PATIENCE,
                tool.toString(),
                action,
                "service",
                "parley",
                "server",
                address(connection.server()),
                "account",
                connection.account());
    }

    private static String address(ServerAddress server) {
        return server.toString();
    }

    private static void done(OtherProgram program, byte[] input)
            throws Problem, InterruptedException {
        try {
            var result = program.run(input);
            if (result.isEmpty()) {
                throw new Problem(
                        ExitCode.REFUSED,
                        "the keyring gave no answer within " + PATIENCE.toSeconds() + " s");
            }
            if (result.get().code() != 0) {
                throw new Problem(
                        ExitCode.REFUSED,
                        "the keyring refused (secret-tool ended with "
                                + result.get().code()
                                + "); is a keyring running and unlocked?");
            }
        } catch (IOException e) {
            throw new Problem(ExitCode.REFUSED, "the keyring cannot be asked: " + e.getMessage());
        }
    }
}
