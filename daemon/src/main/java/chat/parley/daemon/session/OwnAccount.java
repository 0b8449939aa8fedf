package chat.parley.daemon.session;

import chat.parley.daemon.auth.Proof;
import chat.parley.daemon.chat.User;
import chat.parley.daemon.store.Account;
import chat.parley.protocol.Secret;
import java.util.List;
import java.util.Optional;

/// A session and the account it acts for: what its owner does with it from here (PASSWD, TOTP,
/// OPER, logging in again), and whether the session may go on after what others did to it.
///
/// Secrets are settled here, before the command runs, which then sees what came of it. Belongs to
/// the session's reader, but for what says otherwise.
public final class OwnAccount implements AutoCloseable {

    private final Session.House house;
    private final Session session;
    private final Identity identity;
    private final Login login;
    private final OperatorRights rights;
    private final TotpDesk totpDesk;
    private final PasswordChanging passwords;
    private volatile String confinedAs = ""; // its nick while something must be done first
    private volatile boolean changing; // its account, by itself
    private PasswordStep passwordStep = new PasswordStep.Changed();
    private LoginStep relogin = new LoginStep.Told(List.of());
    private TotpStep totp = new TotpStep.Off();

    OwnAccount(Session.House house, Session session, Identity identity, Login login) {
        var config = house.config();
        this.house = house;
        this.session = session;
        this.identity = identity;
        this.login = login;
        this.rights = new OperatorRights(house.authenticator(), house.isCurrent(), login.origin());
        this.totpDesk = new TotpDesk(house, config, login.origin());
        this.passwords =
                new PasswordChanging(
                        house.authenticator(),
                        house.passwords(),
                        login.origin(),
                        config.auth().attempts(),
                        this::isNow);
    }

    private void isNow(Account changed) {
        note("password");
        identity.isNow(changed);
        login.isNow(changed);
    }

    private void note(String what) {
        house.audit().ownAccountChanged(identity.account().name(), session.address(), what);
    }

    /// From here on it is nobody yet but for itself, until nothing must be done first.
    void confined(String nick) {
        confinedAs = nick;
    }

    /// Its nick while it is nobody for others, and empty if it never was so. Any thread.
    String confinedAs() {
        return confinedAs;
    }

    /// Whether it had the welcome before it was somebody.
    public boolean wasConfined() {
        return !confinedAs.isEmpty();
    }

    /// What must be done before anything else.
    public Optional<Need> need() {
        return identity.need();
    }

    // ---- PASSWD

    /// With the old password before the new one.
    ///
    /// @param params wiped here
    PasswordStep changePassword(Secret params) throws InterruptedException {
        return changing(() -> passwords.change(identity.account(), params));
    }

    /// By who has just logged in with the old one.
    ///
    /// @param params wiped here
    void choosePassword(Secret params) throws InterruptedException {
        changing(() -> passwords.choose(identity.account(), params));
    }

    private interface Changing {
        PasswordStep run() throws InterruptedException;
    }

    /// While the account is changed from here, the change does not end this session; what else
    /// happened to the account meanwhile does.
    private PasswordStep changing(Changing what) throws InterruptedException {
        changing = true;
        try {
            passwordStep = what.run();
        } finally {
            changing = false;
        }
        if (isOutdated()) {
            session.end(new Ending.AccountChanged());
        }
        return passwordStep;
    }

    /// What came of the PASSWD that is being handled.
    public PasswordStep passwordStep() {
        return passwordStep;
    }

    // ---- TOTP

    void totp(Secret params) throws InterruptedException {
        totp = totpDesk.handle(identity.account(), params);
        if (totp instanceof TotpStep.Codes(_, var isNew)) {
            note(isNew ? "totp on" : "new recovery codes");
        } else if (totp instanceof TotpStep.TurnedOff) {
            note("totp off");
        }
    }

    /// What came of the TOTP that is being handled.
    public TotpStep totp() {
        return totp;
    }

    // ---- logging in again

    LoginStep relogin(Secret params) throws InterruptedException {
        relogin = login.authenticateAgain(params, identity.account().name());
        return relogin;
    }

    /// What came of the AUTHENTICATE that is being handled.
    public LoginStep relogin() {
        return relogin;
    }

    /// The session is this account's from now on; it ends if the account was changed meanwhile.
    public void become(Proof proof) {
        identity.rests(proof);
        mayStay(proof);
    }

    /// Ends the session if it may not.
    boolean mayStay(Proof proof) {
        var most = house.config().limits().connections().perAccount();
        if (!house.isCurrent().test(proof)) {
            session.end(new Ending.AccountChanged());
            return false;
        }
        if (house.sessions().countOf(proof.account().folded()) > most) {
            session.end(new Ending.TooManySessions(most));
            return false;
        }
        return true;
    }

    // ---- OPER

    void claim(Secret params) throws InterruptedException {
        rights.claim(identity.account(), params);
    }

    /// What came of the OPER that is being handled.
    public Claim claim() {
        return rights.claim();
    }

    /// Lets the rights of an operator go.
    public void disclaim() {
        rights.letGo();
    }

    /// Whether its account is an admin's, and it has said OPER.
    public boolean isAdmin() {
        return identity.account().role() == Account.Role.ADMIN
                && identity.user().profile().has('o');
    }

    /// Takes the rights of an operator away if there is nothing any more that they rest on: its
    /// account's role, which may have changed since they were taken up, or a session that has shown
    /// to be another account. Whether they were there, and are not any more.
    public boolean losesRights() {
        var user = identity.user();
        return user.profile().has('o')
                && !OperatorRights.isOperator(identity.account())
                && !house.sessions().haveBorrowedRights(user)
                && user.change(profile -> profile.without('o')).has('o');
    }

    /// Any thread.
    boolean hasBorrowedRights() {
        return rights.areBorrowed();
    }

    // ---- what others did to it

    /// Whether some account that it rests on has changed since. Any thread.
    boolean isOutdated() {
        return !changing && (!identity.isAll(house.isCurrent()) || rights.areOutdated());
    }

    /// Any thread.
    boolean isOf(String foldedAccount) {
        return identity.isOf(foldedAccount) || rights.areOf(foldedAccount);
    }

    /// The session is over: rights that were this session's alone go with it.
    void left(User user) {
        if (rights.areBorrowed()) {
            user.change(profile -> profile.without('o'));
        }
    }

    /// Wipes what is secret.
    @Override
    public void close() {
        login.close();
        totpDesk.close();
    }
}
