package chat.parley.daemon.auth;

import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.protocol.OpaqueString;
import chat.parley.protocol.Secret;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a new password must be. Passwords that are already stored are not asked again. Immutable,
/// any thread.
///
/// Length is what counts against guessing; rules about kinds of characters do more harm than good,
/// so there are none, and nothing expires (NIST SP 800-63B-4, 3.1.1.2). What would be guessed first
/// is refused. Generated ones have 20 characters, at random.
public final class PasswordRule {

    /// What a password stands beside when somebody logs in.
    public enum Beside {
        /// It alone opens the account (NIST SP 800-63B-4, 3.1.1.2: "SHALL … a minimum of 15
        /// characters").
        NOTHING(15),

        /// A code is asked for too ("MAY be shorter … SHALL … a minimum of eight").
        SECOND_FACTOR(8);

        private final int shortest;

        Beside(int shortest) {
            this.shortest = shortest;
        }

        public static Beside of(boolean secondFactor) {
            return secondFactor ? SECOND_FACTOR : NOTHING;
        }

        /// In code points.
        public int shortest() {
            return shortest;
        }
    }

    /// In code points: at most 1,024 bytes, which fit into the 2,400 that SASL PLAIN takes here. A
    /// line of LOGIN or PASS has 512 bytes by default, so longer ones are for SASL only.
    public static final int LONGEST = 256;

    private static final String BETTER = ": take three or four words that do not belong together";

    private final CommonPasswords common;
    private final CommonPasswords house;

    /// @param house what everybody would try first here: the network's name, the daemon's
    public PasswordRule(List<String> house) {
        this(CommonPasswords.ours(), house);
    }

    PasswordRule(CommonPasswords common, List<String> house) {
        this.common = common;
        this.house = CommonPasswords.of(house);
    }

    /// As configured, with the file of the admin's own if there is one.
    public static PasswordRule of(DaemonConfig config) throws ConfigProblem {
        var house = List.of(config.network(), config.name());
        var file = config.auth().commonPasswords();
        if (file.isEmpty()) {
            return new PasswordRule(house);
        }
        try {
            return new PasswordRule(CommonPasswords.ours().and(file.get()), house);
        } catch (IOException problem) {
            throw new ConfigProblem(
                    "auth.common-passwords",
                    file.get() + " cannot be read: " + problem.getMessage(),
                    "name a file in UTF-8 with a password on each line");
        }
    }

    /// Why this is no password for this account, as a sentence without a full stop that says what
    /// to do; empty if it is one.
    public Optional<String> objection(String account, Beside beside, Secret password) {
        if (password.isEmpty()) {
            return Optional.of(tooShort(beside));
        }
        var prepared = OpaqueString.of(password);
        if (prepared.isEmpty()) {
            return Optional.of(
                    "a password cannot hold invisible or unassigned characters: leave them out");
        }
        try (var secret = prepared.get()) {
            return Optional.ofNullable(objectionTo(account, beside, secret));
        }
    }

    private @Nullable String objectionTo(String account, Beside beside, Secret password) {
        var length = password.codePoints();
        if (length < beside.shortest()) {
            return tooShort(beside);
        }
        if (length > LONGEST) {
            return "a password has at most " + LONGEST + " characters: take a shorter one";
        }
        if (common.contain(password)) {
            return "this is among the passwords that are guessed first" + BETTER;
        }
        if (CommonPasswords.of(List.of(account)).contain(password)) {
            return "the account's own name is no password, whatever is added to it" + BETTER;
        }
        return house.contain(password)
                ? "the network's own name is no password, whatever is added to it" + BETTER
                : null;
    }

    private static String tooShort(Beside beside) {
        return "a password has at least " + beside.shortest() + " characters" + BETTER;
    }
}
