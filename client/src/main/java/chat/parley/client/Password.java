package chat.parley.client;

import chat.parley.client.ui.Lines;
import chat.parley.protocol.Secret;
import java.io.FileInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// Gets the password from where the person said, into characters that can be wiped.
final class Password {

    private static final int LONGEST = 1024;

    /// It may ask the person for a passphrase of its own.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Password() {}

    /// @param isKept whether the keyring had it: it may be out of date
    record Got(Secret secret, boolean isKept) {}

    /// What is done before somebody is asked to type one.
    interface Before {
        void asking() throws Problem;
    }

    /// What the person said, or the keyring.
    static Got got(Request.Connection connection, Surroundings around, Before before)
            throws Problem, InterruptedException {
        var keyring = Keyring.in(around);
        if (connection.hasPassword() || keyring.isEmpty() || isInEnvironment(around)) {
            return new Got(oneLine(from(connection, around, before), "password"), false);
        }
        var kept = keyring.get().find(connection, around);
        return kept.isPresent()
                ? new Got(oneLine(kept.get(), "password in the keyring"), true)
                : new Got(oneLine(from(connection, around, before), "password"), false);
    }

    /// What would begin another line of the protocol is said to nobody: it would be a command.
    ///
    /// @param name what it is, for the person
    static Secret oneLine(Secret secret, String name) throws Problem {
        if (secret.isOneLine()) {
            return secret;
        }
        secret.close();
        throw Problem.wrongUse(
                "the "
                        + name
                        + " has a line break or a NUL in it, which no server can be told; was more"
                        + " copied than it?");
    }

    /// Of the standard input, not a byte after its first line is read. Not from the keyring.
    private static Secret from(Request.Connection connection, Surroundings around, Before before)
            throws Problem, InterruptedException {
        try {
            return switch (connection.password()) {
                case Request.PasswordFrom.Usual _, Request.PasswordFrom.Person _ ->
                        given(connection, around, before);
                case Request.PasswordFrom.Stdin _ ->
                        new Secret(
                                Lines.firstOf(around.in(), LONGEST)
                                        .orElseThrow(() ->
                                                Problem.wrongUse(
                                                        "the standard input begins with no"
                                                                + " password")));
                case Request.PasswordFrom.Command(var line) -> printedBy(line);
                case Request.PasswordFrom.Descriptor(var number) -> readFrom(number);
            };
        } catch (IOException e) {
            throw Problem.wrongUse("the password cannot be read: " + e.getMessage());
        }
    }

    /// Asks the person for another than the one that was refused. Empty if nobody is there.
    static Optional<Secret> another(Request.Connection connection, Surroundings around)
            throws Problem {
        var tty = around.person().get();
        if (tty.isEmpty()) {
            return Optional.empty();
        }
        try (var person = tty.get()) {
            var typed =
                    person.password(
                                    "The password in the keyring was refused. Password for "
                                            + connection.account()
                                            + " at "
                                            + connection.server()
                                            + ": ")
                            .map(Secret::new)
                            .filter(it -> !it.isEmpty());
            return typed.isEmpty() ? typed : Optional.of(oneLine(typed.get(), "password"));
        } catch (IOException e) {
            throw Problem.wrongUse("the password cannot be read: " + e.getMessage());
        }
    }

    private static boolean isInEnvironment(Surroundings around) {
        return !around.environment().getOrDefault("PARLEY_PASSWORD", "").isEmpty();
    }

    private static Secret given(Request.Connection connection, Surroundings around, Before before)
            throws Problem, IOException {
        if (isInEnvironment(around)) {
            return new Secret(
                    around.environment().getOrDefault("PARLEY_PASSWORD", "").toCharArray());
        }
        var tty = around.person().get();
        if (tty.isEmpty()) {
            throw Problem.wrongUse(
                    "no password and no terminal to ask on; use --password-stdin,"
                            + " --password-command, parley keyring or PARLEY_PASSWORD");
        }
        try (var person = tty.get()) {
            before.asking();
            return new Secret(
                    person.password(
                                    "Password for "
                                            + connection.account()
                                            + " at "
                                            + connection.server()
                                            + ": ")
                            .orElseThrow(() -> Problem.wrongUse("no password was typed")));
        }
    }

    private static Secret printedBy(String line) throws Problem, IOException, InterruptedException {
        var result =
                OtherProgram.shell(line, PATIENCE)
                        .run(new byte[0])
                        .orElseThrow(() ->
                                Problem.wrongUse(
                                        "the password command gave no answer within "
                                                + PATIENCE.toSeconds()
                                                + " s"));
        if (result.code() != 0) {
            throw Problem.wrongUse("the password command ended with " + result.code());
        }
        return result.line()
                .orElseThrow(() -> Problem.wrongUse("the password command printed nothing"));
    }

    private static Secret readFrom(int descriptor) throws Problem, IOException {
        try (var in = new FileInputStream("/dev/fd/" + descriptor)) {
            return new Secret(
                    Lines.firstOf(in, LONGEST)
                            .orElseThrow(() ->
                                    Problem.wrongUse(
                                            "the file descriptor "
                                                    + descriptor
                                                    + " begins with no password")));
        }
    }
}
