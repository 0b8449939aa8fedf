package chat.parley.client;

import chat.parley.client.link.Dialer;
import chat.parley.client.link.Explanation;
import chat.parley.client.link.KnownServers;
import chat.parley.client.link.Look;
import chat.parley.client.link.Trust;
import chat.parley.client.link.Verdict;
import chat.parley.client.link.Who;
import chat.parley.protocol.Credentials;
import chat.parley.protocol.Secret;
import java.io.IOException;

/// Whom a server must show to be, and the question whether one that nobody knows is the right one.
///
/// @param known where the answer is kept
record Acquaintance(Request.Connection connection, KnownServers known, Surroundings around) {

    /// Who only looks.
    static final Who NOBODY = Who.by(new Credentials("nobody", new Secret(new char[0])));

    Trust trust() {
        if (connection.pin().isPresent()) {
            return new Trust.Pin(connection.pin().get());
        }
        return connection.authorities().isPresent()
                ? new Trust.Only(connection.authorities().get())
                : new Trust.SystemOrKnown(known);
    }

    /// Before somebody types a password: whether this is the server that it is for. On a connection
    /// of its own, as nobody knows how long one types.
    void meet() throws Problem {
        switch (new Dialer(connection.server(), trust(), NOBODY, Dialer.Patience.USUAL).look()) {
            case Look.Failed(var reason) -> throw new Problem(ExitCode.CANNOT_CONNECT, reason);
            case Look.Seen(_, Verdict.Trusted _) -> {}
            case Look.Seen(_, Verdict.Unknown unknown) -> {
                if (!isMade(unknown)) {
                    throw notMade(unknown);
                }
            }
            case Look.Seen(_, var verdict) -> throw notMade(verdict);
        }
    }

    Problem notMade(Verdict verdict) {
        return new Problem(
                ExitCode.NOT_TRUSTED,
                connection.server() + ": " + Explanation.of(connection.server(), verdict));
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
