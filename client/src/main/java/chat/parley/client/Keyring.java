package chat.parley.client;

import chat.parley.protocol.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// The desktop's keyring, by the program that the system has for it. A password goes to it by its
/// standard input and comes from its standard output, never by an argument.
sealed interface Keyring permits SecretTool, Keychain {

    /// It may ask the person to unlock it, and it may never answer.
    Duration PATIENCE = Duration.ofSeconds(30);

    /// The one there is: `secret-tool` of libsecret, else macOS's `security`.
    static Optional<Keyring> in(Surroundings around) {
        return OtherProgram.find("secret-tool", around.environment())
                .<Keyring>map(SecretTool::new)
                .or(() -> OtherProgram.find("security", around.environment()).map(Keychain::new));
    }

    /// What the keyring has, as it has it. Empty if the program did not answer in time.
    Optional<OtherProgram.Result> look(Request.Connection connection)
            throws IOException, InterruptedException;

    /// What it has is not always what was stored.
    default Optional<Secret> understood(Secret found) {
        return Optional.of(found);
    }

    void store(Request.Connection connection, Secret password) throws Problem, InterruptedException;

    void remove(Request.Connection connection) throws Problem, InterruptedException;

    /// A keyring that does not work is as one that has nothing; one that hangs is told of.
    default Optional<Secret> find(Request.Connection connection, Surroundings around)
            throws InterruptedException {
        try {
            var result = look(connection);
            if (result.isEmpty()) {
                around.err()
                        .println(
                                "parley: the keyring gave no answer within "
                                        + PATIENCE.toSeconds()
                                        + " s and is left alone");
            }
            return result.filter(it -> it.code() == 0)
                    .flatMap(OtherProgram.Result::line)
                    .flatMap(this::understood);
        } catch (IOException _) { // see above
            return Optional.empty();
        }
    }

    /// Runs a program that has to succeed.
    ///
    /// @param input wiped
    /// @param name of the program, for the person
    static void done(OtherProgram program, byte[] input, String name)
            throws Problem, InterruptedException {
        try {
            var result = program.run(input);
            if (result.isEmpty()) {
                throw new Problem(
                        ExitCode.REFUSED,
                        "the keyring gave no answer within " + PATIENCE.toSeconds() + " s");
            }
            result.get().line().ifPresent(Secret::close);
            if (result.get().code() != 0) {
                throw refused(name + " ended with " + result.get().code());
            }
        } catch (IOException e) {
            throw new Problem(ExitCode.REFUSED, "the keyring cannot be asked: " + e.getMessage());
        }
    }

    static Problem refused(String why) {
        return new Problem(
                ExitCode.REFUSED,
                "the keyring refused (" + why + "); is a keyring running and unlocked?");
    }
}
