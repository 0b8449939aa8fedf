package chat.parley.daemon.session;

import chat.parley.daemon.auth.Proof;
import chat.parley.daemon.chat.User;
import chat.parley.daemon.store.Account;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Who a session is. Its reader writes, any thread reads.
///
/// A session that has shown to be several accounts, one after the other, or one by several means,
/// rests on all of them: it may have kept something of each, such as a nick.
final class Identity {

    private volatile List<Proof> proofs = List.of(); // the newest last
    private volatile String device = "";
    private volatile boolean isEnrolled;
    private volatile @Nullable User user;
    private volatile Instant since = Instant.MAX;

    /// From here on a change of the account ends the session. The device stays the one named first.
    void is(LoginStep.LoggedIn who) {
        device = who.device();
        rests(who.proof());
    }

    /// The same for one more proof.
    void rests(Proof proof) {
        var all = new ArrayList<>(proofs);
        all.removeIf(older -> isSame(older, proof));
        all.add(proof);
        proofs = List.copyOf(all);
    }

    /// The account was changed by who is here: what rested on it as it was rests on it as it is.
    void isNow(Account changed) {
        proofs =
                proofs.stream()
                        .map(proof ->
                                proof.account().folded().equals(changed.folded())
                                        ? proof.of(changed)
                                        : proof)
                        .toList();
    }

    /// It has a second factor from now on.
    void isEnrolled() {
        isEnrolled = true;
    }

    /// What it must do before it is here.
    Optional<Need> need() {
        if (!isKnown()) {
            return Optional.empty();
        }
        if (account().mustChangePassword()) {
            return Optional.of(Need.PASSWORD);
        }
        return proofs.getLast().lacksSecondFactor() && !isEnrolled
                ? Optional.of(Need.SECOND_FACTOR)
                : Optional.empty();
    }

    private static boolean isSame(Proof one, Proof other) {
        return one.account().folded().equals(other.account().folded())
                && one.certificate().equals(other.certificate());
    }

    /// And it is here.
    void isHere(User as) {
        since = Instant.now();
        user = as;
    }

    boolean isKnown() {
        return !proofs.isEmpty();
    }

    @Nullable User userOrNull() {
        return user;
    }

    User user() {
        return Objects.requireNonNull(user, "nobody has logged in");
    }

    /// The account it is now.
    Account account() {
        return proofs.getLast().account();
    }

    /// When it came here.
    Instant since() {
        return since;
    }

    String device() {
        return device;
    }

    boolean isOf(String foldedAccount) {
        return proofs.stream().anyMatch(proof -> proof.account().folded().equals(foldedAccount));
    }

    boolean isAll(Predicate<Proof> current) {
        return proofs.stream().allMatch(current);
    }

    boolean restsOn(String foldedAccount, String certificate) {
        return proofs.stream()
                .anyMatch(proof ->
                        proof.account().folded().equals(foldedAccount)
                                && proof.certificate().equals(Optional.of(certificate)));
    }

    boolean isBot() {
        return isKnown() && account().role() == Account.Role.BOT;
    }
}
