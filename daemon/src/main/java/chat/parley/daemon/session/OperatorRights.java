package chat.parley.daemon.session;

import chat.parley.daemon.auth.Authenticator;
import chat.parley.daemon.auth.Origin;
import chat.parley.daemon.auth.Outcome;
import chat.parley.daemon.auth.Proof;
import chat.parley.daemon.store.Account;
import chat.parley.protocol.Credentials;
import chat.parley.protocol.Secret;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// By what right a session acts as an operator of the server (OPER).
///
/// The role is the account's, so no second password is asked for. Whoever has another account with
/// the role may name it, and shows its password as at a login.
///
/// Belongs to the session's reader; others may ask whose rights were taken up.
final class OperatorRights {

    private final Authenticator authenticator;
    private final Predicate<Proof> isCurrent;
    private final Origin origin;
    private Claim claim = Claim.REFUSED;
    private volatile @Nullable Account borrowed; // another account, whose rights were taken up

    OperatorRights(Authenticator authenticator, Predicate<Proof> isCurrent, Origin origin) {
        this.authenticator = authenticator;
        this.isCurrent = isCurrent;
        this.origin = origin;
    }

    /// What came of the last attempt.
    Claim claim() {
        return claim;
    }

    /// @param params account and password, if they were given; wiped here
    void claim(Account own, Secret params) throws InterruptedException {
        try (params) {
            claim = isOperator(own) ? Claim.GRANTED : another(params);
        }
    }

    private Claim another(Secret params) throws InterruptedException {
        var given = Credentials.ofLogin(params);
        if (given.isEmpty()) {
            return Claim.REFUSED;
        }
        try (var shown = given.get()) {
            return switch (authenticator.authenticate(shown.account(), shown.password(), origin)) {
                case Outcome.LoggedIn(var other, var lacks)
                        when isOperator(other) && !lacks && !other.mustChangePassword() -> {
                    borrowed = other; // from here on a change of it ends the session
                    yield isCurrent.test(Proof.byPassword(other)) ? Claim.GRANTED : Claim.WRONG;
                }
                case Outcome.LoggedIn _ -> Claim.REFUSED;
                case Outcome.Refused _ -> Claim.WRONG;
                case Outcome.Busy _, Outcome.Closed _ -> Claim.LATER;
            };
        }
    }

    static boolean isOperator(Account account) {
        return switch (account.role()) {
            case OPERATOR, ADMIN -> true;
            case MEMBER, BOT -> false;
        };
    }

    void letGo() {
        borrowed = null;
    }

    /// Whether they are another account's, and so end with the session.
    boolean areBorrowed() {
        return borrowed != null;
    }

    /// Whether the account that they are of has changed since. Any thread.
    boolean areOutdated() {
        var other = borrowed;
        return other != null && !isCurrent.test(Proof.byPassword(other));
    }

    /// Whether they are this account's. Any thread.
    boolean areOf(String foldedAccount) {
        var other = borrowed;
        return other != null && other.folded().equals(foldedAccount);
    }
}
