package chat.parley.daemon.session;

import chat.parley.daemon.chat.User;
import chat.parley.daemon.store.Account;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Who a session is. Its reader writes, any thread reads.
final class Identity {

    private volatile @Nullable Account account;
    private volatile String device = "";
    private volatile @Nullable User user;

    /// From here on a change of the account ends the session.
    void is(Login.Known who) {
        device = who.device();
        account = who.account();
    }

    /// And it is here.
    void isHere(User as) {
        user = as;
    }

    boolean isKnown() {
        return account != null;
    }

    @Nullable User userOrNull() {
        return user;
    }

    User user() {
        return Objects.requireNonNull(user, "nobody has logged in");
    }

    Account account() {
        return Objects.requireNonNull(account, "nobody has logged in");
    }

    String device() {
        return device;
    }

    boolean isOf(String foldedAccount) {
        var mine = account;
        return mine != null && mine.folded().equals(foldedAccount);
    }

    boolean isBot() {
        var mine = account;
        return mine != null && mine.role() == Account.Role.BOT;
    }
}
