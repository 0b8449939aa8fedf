package chat.parley.daemon.auth;

import chat.parley.daemon.store.GuardRow.Kind;
import java.time.Duration;

/// The numbers of [LoginGuard], which are no settings; ADR 0033 has the reasons and the arithmetic.
final class GuardRules {

    /// Failures in a row, from one place that an account is known at, and from all others together
    /// (NIST SP 800-63B-4, 3.2.2).
    static final int IN_A_ROW = 100;

    private static final Duration NEVER = Duration.ZERO;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final Duration SECOND = Duration.ofSeconds(1);

    /// An account where it is known. Typing errors are free, then it gets slow.
    static final Tally.Rule KNOWN =
            new Tally.Rule(new Strikes.Rule(3, FIVE_MINUTES, SECOND, MINUTE), IN_A_ROW, NEVER);

    /// An account from a network where it is not: the same, and few in all, so that it takes many
    /// networks to use up what all have together.
    static final Tally.Rule PAIR =
            new Tally.Rule(
                    new Strikes.Rule(3, FIVE_MINUTES, SECOND, MINUTE), 10, GuardTables.FAILED_FOR);

    /// One network, any accounts. Many people may sit behind one address.
    static final Tally.Rule NETWORK =
            new Tally.Rule(
                    new Strikes.Rule(15, MINUTE, SECOND, Duration.ofSeconds(30)),
                    Integer.MAX_VALUE,
                    NEVER);

    /// One account, networks that have not failed at it before. Apart from those that have, or few
    /// hostile addresses could use up what a new device of the owner's needs.
    static final Tally.Rule FIRST =
            new Tally.Rule(
                    new Strikes.Rule(20, FIVE_MINUTES, SECOND, MINUTE), Integer.MAX_VALUE, NEVER);

    /// One account, networks that have.
    static final Tally.Rule AGAIN =
            new Tally.Rule(
                    new Strikes.Rule(10, FIVE_MINUTES, SECOND, MINUTE), Integer.MAX_VALUE, NEVER);

    /// One account, all of these together: never a wait, but an end.
    static final Tally.Rule STRANGERS =
            new Tally.Rule(
                    new Strikes.Rule(IN_A_ROW, FIVE_MINUTES, SECOND, SECOND), IN_A_ROW, NEVER);

    private GuardRules() {}

    static Tally.Rule of(Kind kind) {
        return switch (kind) {
            case KNOWN -> KNOWN;
            case PAIR -> PAIR;
            case NETWORK -> NETWORK;
            case FIRST -> FIRST;
            case AGAIN -> AGAIN;
            case STRANGERS -> STRANGERS;
        };
    }
}
