package chat.parley.client;

import chat.parley.client.link.KnownServers;
import chat.parley.client.link.Trust;
import chat.parley.client.link.Verdict;
import java.io.IOException;

/// Whom a server must show to be, and the question whether one that nobody knows is the right one.
///
/// @param known where the answer is kept
record Acquaintance(Request.Connection connection, KnownServers known, Surroundings around) {

    Trust trust() {
        if (connection.pin().isPresent()) {
            return new Trust.Pin(connection.pin().get());
        }
        return connection.authorities().isPresent()
                ? new Trust.Only(connection.authorities().get())
                : new Trust.SystemOrKnown(known);
    }

    /// Asks the person and remembers the key. Without a person, no.
    boolean isMade(Verdict.Unknown unknown) throws Problem {
        var person = around.person().get();
        if (person.isEmpty()) {
            return false;
        }
        try (var tty = person.get()) {
            var question =
                    "You have not met "
                            + connection.server()
                            + " before: "
                            + unknown.doubt().why()
                            + ".\nIts key is  "
                            + unknown.key()
                            + "\nThe daemon's admin can tell whether that is right. Accept it from"
                            + " now on? [yes/no] ";
            if (!tty.agrees(question)) {
                return false;
            }
            known.remember(connection.server(), unknown.key());
            return true;
        } catch (IOException e) {
            throw Problem.wrongUse("the key cannot be remembered: " + e.getMessage());
        }
    }
}
