package chat.parley.daemon.session;

import chat.parley.daemon.auth.Authenticator;
import chat.parley.daemon.auth.Origin;
import chat.parley.daemon.auth.Outcome;
import chat.parley.daemon.auth.PasswordChanges;
import chat.parley.daemon.store.Account;
import chat.parley.protocol.PasswordPair;
import chat.parley.protocol.Secret;
import java.util.function.Consumer;

/// PASSWD of one session: the old password is asked of the same guard as a login.
///
/// Belongs to the session's reader.
final class PasswordChanging {

    private final Authenticator authenticator;
    private final PasswordChanges changes;
    private final Origin origin;
    private final int attempts;
    private final Consumer<Account> changed;
    private int wrong;

    /// @param attempts how many wrong passwords there may be
    /// @param changed told of the account as it is after a change, before anything else happens
    PasswordChanging(
            Authenticator authenticator,
            PasswordChanges changes,
            Origin origin,
            int attempts,
            Consumer<Account> changed) {
        this.authenticator = authenticator;
        this.changes = changes;
        this.origin = origin;
        this.attempts = attempts;
        this.changed = changed;
    }

    /// @param params both passwords; wiped here
    PasswordStep change(Account account, Secret params) throws InterruptedException {
        var given = PasswordPair.of(params);
        if (given.isEmpty()) {
            return new PasswordStep.Refused(
                    "NEED_MORE_PARAMS", "It is PASSWD <old password> :<new password>");
        }
        try (var pair = given.get()) {
            return switch (authenticator.authenticate(account.name(), pair.old(), origin)) {
                case Outcome.LoggedIn(var shown, _) -> set(shown, pair.wanted());
                case Outcome.Refused _ -> wrong();
                case Outcome.Busy(var again) -> notNow(PutOff.text(again));
                case Outcome.Closed _ -> notNow(PutOff.CLOSED);
            };
        }
    }

    /// The same of who has shown the old password by logging in with it.
    ///
    /// @param params the new password; wiped here
    PasswordStep choose(Account account, Secret params) throws InterruptedException {
        try (var wanted = PasswordPair.wantedIn(params)) {
            return set(account, wanted);
        }
    }

    private PasswordStep set(Account account, Secret wanted) throws InterruptedException {
        return switch (changes.change(account, wanted, origin)) {
            case PasswordChanges.Change.Done(var now) -> {
                changed.accept(now);
                yield new PasswordStep.Changed();
            }
            case PasswordChanges.Change.Weak(var objection) -> weak(objection);
            case PasswordChanges.Change.Same _ ->
                    weak("this is the password that you have: take another");
            case PasswordChanges.Change.NotNow _ ->
                    notNow("Too many logins at the moment: try again later");
            case PasswordChanges.Change.Outdated _ ->
                    new PasswordStep.Refused(
                            "ACCOUNT_CHANGED", "Your account was changed meanwhile: log in again");
        };
    }

    private PasswordStep wrong() {
        wrong++;
        return wrong < attempts
                ? new PasswordStep.Refused(
                        "WRONG_PASSWORD",
                        "The old password is wrong; put a colon before the new one if either has"
                                + " spaces")
                : new PasswordStep.TooMany();
    }

    private static PasswordStep notNow(String text) {
        return new PasswordStep.Refused("TEMPORARILY_UNAVAILABLE", text);
    }

    private static PasswordStep weak(String objection) {
        return new PasswordStep.Refused(
                "WEAK_PASSWORD",
                Character.toUpperCase(objection.charAt(0)) + objection.substring(1));
    }
}
