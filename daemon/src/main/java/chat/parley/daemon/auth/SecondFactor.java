package chat.parley.daemon.auth;

import chat.parley.daemon.config.DaemonConfig.RoleName;
import chat.parley.daemon.store.Account;
import chat.parley.daemon.store.SecondFactors;
import chat.parley.daemon.store.SecondFactors.Kept;
import chat.parley.protocol.PasswordAndCode;
import chat.parley.protocol.Secret;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Whether a login shows the second thing too, where its account asks for one.
///
/// Every attempt does the same work, whether there is such an account, whether it has a second
/// factor, and whatever was given: one look into the database, the codes of three steps, the hash
/// of one recovery code. Only who has shown everything costs a write. For platform threads.
public final class SecondFactor {

    private final SecondFactors store;
    private final TotpSeal seal;
    private final Clock clock;
    private final Set<RoleName> requiredFor;

    /// @param requiredFor roles that cannot do without
    public SecondFactor(
            SecondFactors store, TotpSeal seal, Clock clock, Set<RoleName> requiredFor) {
        this.store = store;
        this.seal = seal;
        this.clock = clock;
        this.requiredFor = Set.copyOf(requiredFor);
    }

    /// What was given, taken apart as its account needs it, and looked at. Closing it wipes it.
    ///
    /// @param name as it was given; need not be an account's
    Shown look(String name, Secret given) throws IOException {
        var kept = store.of(name);
        var parts =
                kept.isPresent()
                        ? PasswordAndCode.split(given)
                        : PasswordAndCode.withoutCode(given);
        var opened = kept.flatMap(known -> seal.open(name, known.key()));
        try (var key = opened.orElseGet(TotpKey::standIn)) {
            var step = Totp.match(key.bytes(), parts.code(), Totp.step(clock));
            var hash = RecoveryCode.hash(key, parts.code());
            return new Shown(parts, kept, opened.isPresent(), step, hash);
        }
    }

    /// What came of looking.
    final class Shown implements AutoCloseable {

        private final PasswordAndCode parts;
        private final Optional<Kept> kept;
        private final boolean isReadable;
        private final OptionalLong step;
        private final String hash;

        private Shown(
                PasswordAndCode parts,
                Optional<Kept> kept,
                boolean isReadable,
                OptionalLong step,
                String hash) {
            this.parts = parts;
            this.kept = kept;
            this.isReadable = isReadable;
            this.step = step;
            this.hash = hash;
        }

        /// The first thing.
        Secret password() {
            return parts.password();
        }

        /// By what somebody is let in, for the audit log.
        String means() {
            return switch (parts.kind()) {
                case NONE -> "password";
                case APP -> "password and code";
                case RECOVERY -> "password and recovery code";
            };
        }

        /// Whether there was a second thing at all. A program that goes on with the password alone
        /// guesses nothing.
        boolean hasCode() {
            return parts.kind() != PasswordAndCode.Kind.NONE;
        }

        /// What is wrong with the second thing, for the admin; empty if nothing is.
        Optional<String> objection() {
            if (kept.isEmpty()) {
                return Optional.empty();
            }
            if (!isReadable) {
                return Optional.of("totp key cannot be read");
            }
            return switch (parts.kind()) {
                case NONE -> Optional.of("no code");
                case APP -> {
                    if (step.isEmpty()) {
                        yield Optional.of("wrong code");
                    }
                    yield step.getAsLong() > kept.get().lastStep()
                            ? Optional.empty()
                            : Optional.of("code used before");
                }
                case RECOVERY ->
                        kept.get().codes().contains(hash)
                                ? Optional.empty()
                                : Optional.of("no such recovery code");
            };
        }

        /// Whether the account must have what it has not.
        boolean isLackedBy(Account account) {
            return kept.isEmpty() && requiredFor.contains(RoleName.valueOf(account.role().name()));
        }

        /// Uses the code up, if there is one. Whoever is told true is the only one who is.
        ///
        /// @param account as it was read; false if it has changed since
        boolean take(Account account) throws IOException {
            return switch (parts.kind()) {
                case NONE -> true;
                case APP -> store.takeStep(account, step.orElseThrow());
                case RECOVERY -> store.takeCode(account, hash);
            };
        }

        @Override
        public void close() {
            parts.close();
        }
    }
}
