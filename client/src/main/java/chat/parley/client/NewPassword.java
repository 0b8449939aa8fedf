package chat.parley.client;

import chat.parley.client.ui.Lines;
import chat.parley.protocol.Secret;
import java.io.IOException;
import java.util.Optional;

/// A password that somebody chooses, into characters that can be wiped.
final class NewPassword {

    private static final int LONGEST = 1024;
    private static final int TRIES = 3;

    private NewPassword() {}

    /// The next line of the standard input where the old one was its first, else from the terminal.
    static Secret from(Request.Connection connection, Surroundings around) throws Problem {
        return switch (connection.password()) {
            case Request.PasswordFrom.Stdin _ -> nextLine(around);
            case Request.PasswordFrom.Usual _,
                    Request.PasswordFrom.Person _,
                    Request.PasswordFrom.Command _,
                    Request.PasswordFrom.Descriptor _ ->
                    typed(connection, around);
        };
    }

    private static Secret nextLine(Surroundings around) throws Problem {
        try {
            var line =
                    Lines.firstOf(around.in(), LONGEST)
                            .orElseThrow(() ->
                                    Problem.wrongUse(
                                            "the standard input has no second line with the new"
                                                    + " password"));
            return Password.oneLine(new Secret(line), "new password");
        } catch (IOException e) {
            throw Problem.wrongUse("the password cannot be read: " + e.getMessage());
        }
    }

    /// Typed twice, without echo.
    static Secret typed(Request.Connection connection, Surroundings around) throws Problem {
        var tty = around.person().get();
        if (tty.isEmpty()) {
            throw Problem.wrongUse(
                    "there is no terminal to ask on for the new password; with --password-stdin it is"
                            + " the second line");
        }
        try (var person = tty.get()) {
            for (var tries = 0; tries < TRIES; tries++) {
                var who = connection.account() + " at " + connection.server();
                var first = new Secret(typedBy(person.password("New password for " + who + ": ")));
                try (var again = new Secret(typedBy(person.password("The same again: ")))) {
                    if (first.isSameAs(again)) {
                        return Password.oneLine(first, "new password");
                    }
                }
                first.close();
                around.err().println("parley: these were two different passwords");
            }
        } catch (IOException e) {
            throw Problem.wrongUse("the password cannot be read: " + e.getMessage());
        }
        throw Problem.wrongUse("no new password was typed");
    }

    private static char[] typedBy(Optional<char[]> typed) throws Problem {
        return typed.orElseThrow(() -> Problem.wrongUse("no new password was typed"));
    }
}
