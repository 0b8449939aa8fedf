package chat.parley.client;

import chat.parley.client.link.ClientKey;
import chat.parley.client.link.Deadline;
import chat.parley.client.link.Dialer;
import chat.parley.client.link.Outcome;
import chat.parley.client.link.Session;
import chat.parley.client.link.Verdict;
import chat.parley.client.link.Who;
import chat.parley.protocol.Capability;
import chat.parley.protocol.Credentials;
import chat.parley.protocol.Secret;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The first way in: trust, password, login; and the one question that is asked on it. Closing it
/// wipes the password.
final class Admission implements AutoCloseable {

    /// The daemon may queue behind logins that hash.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private static final String WITHOUT_ACCOUNT =
            " has no accounts (SASL): a password goes to it as the server's own, and one is there by"
                    + " one's nick alone";

    private final Request.Connection connection;
    private final Surroundings around;
    private final Acquaintance acquaintance;
    private final Optional<ClientKey> key;
    private Credentials credentials;
    private boolean isKept; // the password, in the keyring
    private final Optional<Device> device;
    private final Optional<String> name;
    private Dialer dialer;
    private Set<Capability> besides = Set.of();

    /// For somebody who is here for a while.
    Admission(Request.Connection connection, Surroundings around)
            throws Problem, InterruptedException {
        this(connection, around, Device.take(around.configuration()), Optional.empty(), false);
    }

    /// For somebody who says something and leaves, and must not be told in the place of one who
    /// stays.
    static Admission inPassing(Request.Connection connection, Surroundings around, String device)
            throws Problem, InterruptedException {
        return new Admission(connection, around, Optional.empty(), Optional.of(device), false);
    }

    /// For what needs the password even where a certificate opens.
    static Admission withPassword(Request.Connection connection, Surroundings around, String device)
            throws Problem, InterruptedException {
        return new Admission(connection, around, Optional.empty(), Optional.of(device), true);
    }

    private Admission(
            Request.Connection connection,
            Surroundings around,
            Optional<Device> own,
            Optional<String> passing,
            boolean needsPassword)
            throws Problem, InterruptedException {
        this.device = own;
        this.connection = connection;
        this.around = around;
        this.acquaintance = new Acquaintance(connection, TrustMode.known(around), around);
        this.key = key(connection);
        var isAskedFor = needsPassword || key.isEmpty() || connection.hasPassword();
        var password =
                isAskedFor
                        ? Password.got(connection, around, acquaintance::meet)
                        : new Password.Got(new Secret(new char[0]), false);
        this.isKept = password.isKept();
        this.credentials = new Credentials(connection.account(), password.secret());
        this.name = passing.or(() -> own.map(Device::name));
        this.dialer = dialer(credentials);
    }

    private static Optional<ClientKey> key(Request.Connection connection) throws Problem {
        if (connection.own().isEmpty()) {
            return Optional.empty();
        }
        var files = connection.own().get();
        try {
            return Optional.of(ClientKey.read(files.certificate(), files.key()));
        } catch (IOException e) {
            throw Problem.wrongUse(String.valueOf(e.getMessage()));
        }
    }

    private Dialer dialer(Credentials by) {
        var who = new Who(by, name, key);
        return new Dialer(connection.server(), acquaintance.trust(), who, Dialer.Patience.USUAL)
                .wanting(besides);
    }

    /// Capabilities to ask for besides those of every login; to be said before the first.
    Admission wanting(Set<Capability> capabilities) {
        besides = Set.copyOf(capabilities);
        dialer.wanting(besides);
        return this;
    }

    /// For the attempts after the first.
    Dialer dialer() {
        return dialer;
    }

    /// What nothing is open before.
    enum Need {
        NOTHING,
        PASSWORD,
        SECOND_FACTOR
    }

    record Entered(Session session, Need need) {}

    /// Logs in. Whose password is for one login is asked for another on the terminal.
    Session logIn() throws Problem {
        var entered = enter();
        var session = entered.session();
        switch (entered.need()) {
            case NOTHING -> {}
            case PASSWORD -> changePassword(session);
            case SECOND_FACTOR -> {
                session.leave("");
                throw new Problem(
                        ExitCode.REFUSED,
                        "the account "
                                + connection.account()
                                + " needs a second factor, and has none yet: parley totp enable");
            }
        }
        return session;
    }

    private void changePassword(Session session) throws Problem {
        var wanted = newPassword();
        try {
            change(session, Optional.empty(), wanted);
        } catch (Problem refused) {
            session.leave("");
            wanted.close();
            throw refused;
        }
        use(wanted);
    }

    private Secret newPassword() throws Problem {
        if (around.person().get().isEmpty()) {
            throw new Problem(
                    ExitCode.REFUSED,
                    "this password is for the first login: set one of your own with parley passwd");
        }
        around.err().println("This password is for the first login: choose one of your own.");
        return NewPassword.typed(connection, around);
    }

    /// Says PASSWD.
    static void change(Session session, Optional<Secret> old, Secret wanted) throws Problem {
        try (var _ = Deadline.after(PATIENCE, session::abort)) {
            var refusal = session.changePassword(old, wanted);
            if (refusal.isPresent()) {
                throw new Problem(ExitCode.REFUSED, refusal.get());
            }
        } catch (IOException e) {
            throw new Problem(ExitCode.CANNOT_CONNECT, "the connection broke: " + e.getMessage());
        }
    }

    /// The password that one logged in with; the admission wipes it.
    Secret password() {
        return credentials.password();
    }

    /// Logs in, if perhaps to nothing but a change of the password.
    Entered enter() throws Problem {
        if (connection.code()) {
            dialer.code(Code.ask(connection, around));
        }
        var outcome = dialer.dial();
        if (outcome instanceof Outcome.NotTrusted(Verdict.Unknown unknown)
                && acquaintance.isMade(unknown)) {
            outcome = dialer.dial();
        }
        if (outcome instanceof Outcome.Refused(_, var credentials)
                && credentials
                && !dialer.isWithoutAccounts()
                && !connection.code()) {
            var code = Code.askIfThere(connection, around);
            if (code.isPresent()) {
                dialer.code(code.get());
                outcome = dialer.dial();
            }
        }
        if (isKept && outcome instanceof Outcome.Refused(_, var credentials) && credentials) {
            outcome = again(outcome);
        }
        return switch (outcome) {
            case Outcome.LoggedIn(var session) -> {
                if (!session.hasAccount()) {
                    around.err().println("parley: " + connection.server() + WITHOUT_ACCOUNT);
                }
                yield new Entered(session, Need.NOTHING);
            }
            case Outcome.MustChange(var session) -> new Entered(session, Need.PASSWORD);
            case Outcome.MustEnrol(var session) -> new Entered(session, Need.SECOND_FACTOR);
            case Outcome.Refused(var reason, var credentials) ->
                    throw new Problem(
                            ExitCode.REFUSED,
                            "the daemon refused the login of "
                                    + connection.account()
                                    + ": "
                                    + reason
                                    + (credentials ? next() : ""));
            case Outcome.NotNow(var again) ->
                    throw new Problem(
                            ExitCode.CANNOT_CONNECT,
                            connection.server()
                                    + ": it looks at no password of "
                                    + connection.account()
                                    + " at the moment, after too many logins or failures; try again at "
                                    + TIME.format(LocalTime.now(around.clock()).plus(again))
                                    + " (in "
                                    + again.toSeconds()
                                    + " s)");
            case Outcome.CannotConnect(var reason) ->
                    throw new Problem(ExitCode.CANNOT_CONNECT, reason);
            case Outcome.NotTrusted(var verdict) -> throw acquaintance.notMade(verdict);
        };
    }

    /// What the keyring has may be of before a change elsewhere: the person is asked, once.
    private Outcome again(Outcome refused) throws Problem {
        var typed = Password.another(connection, around);
        if (typed.isEmpty()) {
            return refused;
        }
        isKept = false;
        var hadCode = dialer.wantsCode();
        use(typed.get());
        if (hadCode) {
            dialer.code(Code.ask(connection, around));
        }
        var outcome = dialer.dial();
        if (outcome.isOpen()) {
            around.err().println("parley: the keyring still has another password" + forget());
        }
        return outcome;
    }

    private void use(Secret password) {
        credentials.close();
        credentials = new Credentials(connection.account(), password);
        dialer.forgetCode();
        dialer = dialer(credentials);
    }

    private String forget() {
        return "; parley keyring remove -s "
                + connection.account()
                + "@"
                + connection.server()
                + " forgets it, parley keyring store keeps the new one";
    }

    /// The daemon does not tell what was wrong.
    private String next() {
        if (dialer.isWithoutAccounts()) {
            return "\n  It has no accounts (SASL), so the password is the server's own.";
        }
        return (isKept ? "\n  The password came from the keyring" + forget() + "." : "")
                + "\n  Check the account's name and its password"
                + (dialer.wantsCode()
                        ? ", and the clock of who shows the codes; each code opens once."
                        : "; if it has a second factor, give a code too: --totp, on a terminal.");
    }

    @Override
    public void close() {
        dialer.forgetCode();
        credentials.close();
        key.ifPresent(ClientKey::close);
        device.ifPresent(Device::close);
    }
}
