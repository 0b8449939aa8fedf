package chat.parley.client;

import chat.parley.client.link.Fingerprint;
import chat.parley.client.link.ServerAddress;
import chat.parley.client.ui.Taste;
import chat.parley.client.ui.Terminals;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the command line asks for.
sealed interface Request {

    /// Something about the program itself: help, the version, what a shell wants to know.
    record Print(String text) implements Request {}

    /// @param join channels to join besides those the daemon joins one to
    record Talk(Connection connection, List<String> join, Terminals.Wish wish) implements Request {}

    /// Talk, with somebody of whom nothing is known yet.
    record FirstRun() implements Request {}

    /// @param text empty: each line of the input is one message
    /// @param file the input; empty for the standard one
    /// @param whole all of it is one message of several lines
    /// @param within all of it is done; empty for as long as each message takes
    /// @param once what messages are known by, so that a second run with it says nothing twice
    record Send(
            Connection connection,
            String target,
            Optional<String> text,
            Optional<Path> file,
            boolean whole,
            Optional<Duration> within,
            Optional<String> once)
            implements Request {}

    /// @param since where to begin; empty: what this device missed, or with `follow` now
    /// @param follow go on from there, asking for what was missed whenever the link broke
    /// @param count end after so many messages
    /// @param during end after so long
    record Tail(
            Connection connection,
            List<String> targets,
            boolean asJson,
            Optional<Moment> since,
            boolean follow,
            Optional<Long> count,
            Optional<Duration> during)
            implements Request {

        /// Whether history is asked for; else the daemon tells what this device missed.
        boolean asks() {
            return follow || since.isPresent();
        }
    }

    /// @param since the first `limit` from there on; without it the newest
    record History(
            Connection connection,
            String target,
            Optional<Moment> since,
            Optional<Moment> before,
            Optional<Long> limit,
            boolean asJson)
            implements Request {}

    /// @param limit of results
    record Search(
            Connection connection,
            String words,
            Optional<String> in,
            Optional<String> from,
            Optional<Instant> since,
            Optional<Instant> before,
            long limit,
            boolean asJson)
            implements Request {}

    record Who(Connection connection, String target, boolean asJson) implements Request {}

    record Passwd(Connection connection) implements Request {}

    /// @param end the number of the one to end, or `all` for all but this; empty to list them
    record Sessions(Connection connection, Optional<String> end) implements Request {}

    record TrustList(boolean asJson) implements Request {}

    record TrustShow(ServerAddress server, boolean asJson) implements Request {}

    record TrustRemove(ServerAddress server) implements Request {}

    record KeyringStore(Connection connection) implements Request {}

    record KeyringRemove(Connection connection) implements Request {}

    /// The second factor of one's own account.
    record Totp(Connection connection, Action action) implements Request {

        enum Action {
            STATUS,
            ENABLE,
            CODES,
            DISABLE
        }
    }

    /// @param account empty: see `--user`
    /// @param join channels that the profile names
    /// @param taste how the profile wants things shown
    /// @param code whether a code goes after the password; else it is asked for when it was missed
    record Connection(
            ServerAddress server,
            String account,
            PasswordFrom password,
            boolean code,
            Optional<Path> authorities,
            Optional<Fingerprint> pin,
            Optional<KeyFiles> own,
            List<String> join,
            Taste taste) {

        public Connection {
            join = List.copyOf(join);
        }

        /// Whether it is said where a password comes from.
        boolean hasPassword() {
            return !(password instanceof PasswordFrom.Usual);
        }

        /// The same, but what the keyring has does not count.
        Connection pastTheKeyring() {
            return hasPassword()
                    ? this
                    : new Connection(
                            server,
                            account,
                            new PasswordFrom.Person(),
                            code,
                            authorities,
                            pin,
                            own,
                            join,
                            taste);
        }
    }

    /// A client certificate and its key.
    record KeyFiles(Path certificate, Path key) {}

    /// Where the password comes from; never the argument list, which everybody on the machine sees.
    sealed interface PasswordFrom {

        /// The environment if it is there, else the desktop's keyring, else the terminal; with a
        /// client certificate none is needed.
        record Usual() implements PasswordFrom {}

        /// The environment if it is there, else the terminal.
        record Person() implements PasswordFrom {}

        /// The first line of the standard input.
        record Stdin() implements PasswordFrom {}

        /// The first line of a file descriptor that was handed to this program.
        record Descriptor(int number) implements PasswordFrom {}

        /// The first line a command prints.
        record Command(String line) implements PasswordFrom {}
    }
}
