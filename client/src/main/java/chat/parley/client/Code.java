package chat.parley.client;

import chat.parley.protocol.Secret;
import java.io.IOException;
import java.util.Optional;

/// Asks the person for the code that goes after the password.
final class Code {

    private Code() {}

    /// Without a person there is no code.
    static Secret ask(Request.Connection connection, Surroundings around) throws Problem {
        return ask(around, "Code for " + connection.account() + ": ")
                .orElseThrow(() -> Problem.wrongUse("no code was given"));
    }

    /// After a refusal: the daemon does not tell whether it was the code that was missing.
    static Optional<Secret> askIfThere(Request.Connection connection, Surroundings around)
            throws Problem {
        return ask(
                around,
                "Refused. If "
                        + connection.account()
                        + " has a second factor, the code (else just Enter): ");
    }

    /// Empty if nobody is there, or nothing was typed.
    static Optional<Secret> ask(Surroundings around, String prompt) throws Problem {
        var person = around.person().get();
        if (person.isEmpty()) {
            return Optional.empty();
        }
        try (var tty = person.get()) {
            var code = tty.password(prompt).map(Secret::new).filter(typed -> !typed.isEmpty());
            return code.isEmpty() ? code : Optional.of(Password.oneLine(code.get(), "code"));
        } catch (IOException e) {
            throw Problem.wrongUse("the code cannot be read: " + e.getMessage());
        }
    }
}
