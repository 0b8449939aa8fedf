package chat.parley.client;

import chat.parley.client.ui.Lines;
import chat.parley.protocol.Secret;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;

/// Gets the password from where the person said, into characters that can be wiped.
final class Password {

    private static final int LONGEST = 1024;

    private Password() {}

    /// Of the standard input, not a byte after its first line is read.
    static Secret from(Request.Connection connection, Surroundings around)
            throws Problem, InterruptedException {
        try {
            return switch (connection.password()) {
                case Request.PasswordFrom.Usual _ -> usual(connection, around);
                case Request.PasswordFrom.Stdin _ ->
                        new Secret(
                                Lines.firstOf(around.in(), LONGEST)
                                        .orElseThrow(() ->
                                                Problem.wrongUse(
                                                        "the standard input begins with no"
                                                                + " password")));
                case Request.PasswordFrom.Command(var line) -> printedBy(line);
            };
        } catch (IOException e) {
            throw Problem.wrongUse("the password cannot be read: " + e.getMessage());
        }
    }

    private static Secret usual(Request.Connection connection, Surroundings around)
            throws Problem, IOException {
        var given = around.environment().get("PARLEY_PASSWORD");
        if (given != null && !given.isEmpty()) {
            return new Secret(given.toCharArray());
        }
        var tty = around.person().get();
        if (tty.isEmpty()) {
            throw Problem.wrongUse(
                    "no password and no terminal to ask on; use --password-stdin,"
                            + " --password-command or PARLEY_PASSWORD");
        }
        try (var person = tty.get()) {
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
        var process =
                new ProcessBuilder("sh", "-c", line)
                        .redirectInput(
                                Redirect.from(new File("/dev/null"))) // it may be what is sent
                        .redirectError(Redirect.INHERIT)
                        .start();
        try (var out = process.getInputStream()) {
            var password = Lines.firstOf(out, LONGEST);
            out.transferTo(OutputStream.nullOutputStream());
            var code = process.waitFor();
            if (code != 0) {
                throw Problem.wrongUse("the password command ended with " + code);
            }
            return new Secret(
                    password.orElseThrow(
                            () -> Problem.wrongUse("the password command printed nothing")));
        }
    }
}
