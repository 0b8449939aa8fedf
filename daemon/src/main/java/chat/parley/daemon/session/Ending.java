package chat.parley.daemon.session;

import chat.parley.protocol.ByteSize;
import java.time.Duration;
import java.util.Optional;

/// Why a session ended. Every way out is one of these; there is no other.
public sealed interface Ending {

    /// The peer closed its side, or the wire broke.
    record PeerLeft() implements Ending {}

    /// @param text what the user said on leaving; empty for nothing
    record Quit(String text) implements Ending {}

    record LoginTooSlow(Duration allowed) implements Ending {}

    /// The password was for one login, and was not changed in it.
    record PasswordNotChanged(Duration allowed) implements Ending {}

    /// It must have one, and set none up.
    record NoSecondFactor(Duration allowed) implements Ending {}

    /// Registration was complete but for the login.
    record NotLoggedIn() implements Ending {}

    record TooManyAttempts(int allowed) implements Ending {}

    /// No answer to a PING.
    record TimedOut(Duration silent) implements Ending {}

    record QueueFull(ByteSize limit) implements Ending {}

    /// It weighed most when too much waited in all: it, and its account's other sessions, had most
    /// waiting for longest.
    record QueuesFull() implements Ending {}

    record WriteTooSlow(Duration allowed) implements Ending {}

    record Flooded(Duration patience) implements Ending {}

    record EndlessLine(ByteSize limit) implements Ending {}

    /// @param by the operator's nick
    /// @param text what the operator said; empty for nothing
    record Killed(String by, String text) implements Ending {}

    /// The account is here with as many sessions as it may have.
    record TooManySessions(int allowed) implements Ending {}

    /// By its owner, from another session.
    record EndedByOwner() implements Ending {}

    /// Disabled, deleted, or with another password now.
    record AccountChanged() implements Ending {}

    record Draining() implements Ending {}

    record Bug(Throwable cause) implements Ending {}

    /// What the peer is told. Never more than it already knows.
    default String forPeer() {
        return switch (this) {
            case PeerLeft _ -> "Connection closed";
            case Quit(var text) -> text.isEmpty() ? "Quit" : "Quit: " + text;
            case LoginTooSlow(var allowed) -> "Log in within " + seconds(allowed);
            case PasswordNotChanged(var allowed) ->
                    "You set no password of your own within " + seconds(allowed);
            case NoSecondFactor(var allowed) ->
                    "You set up no second factor within " + seconds(allowed);
            case NotLoggedIn _ ->
                    "Log in first: SASL PLAIN, PASS account:password, or LOGIN account password";
            case TooManyAttempts(var allowed) -> allowed + " failed logins on one connection";
            case TimedOut(var silent) -> "Ping timeout: " + seconds(silent);
            case QueueFull(var limit) ->
                    "SendQ exceeded: more than " + limit + " were waiting for you";
            case QueuesFull _ ->
                    "SendQ exceeded: too much was waiting for all, and most of it for you";
            case WriteTooSlow(var allowed) ->
                    "SendQ exceeded: you took nothing for " + seconds(allowed);
            case Flooded(var patience) ->
                    "Excess Flood: faster than allowed for " + seconds(patience);
            case EndlessLine(var limit) -> "A line of more than " + limit;
            case Killed(var by, var text) ->
                    "Killed (" + by + (text.isEmpty() ? "" : " (" + text + ")") + ")";
            case TooManySessions(var allowed) ->
                    "Your account is here with " + allowed + " sessions already";
            case EndedByOwner _ -> "Ended from another session of yours";
            case AccountChanged _ -> "Your account was changed: log in again";
            case Draining _ -> "The server is stopping; come back in a moment";
            case Bug _ -> "Internal error";
        };
    }

    /// What the others are told when the user leaves with this.
    default String forOthers() {
        return switch (this) {
            case PeerLeft _, Draining _, WriteTooSlow _, Bug _ -> "Connection closed";
            case QueueFull _, QueuesFull _ -> "SendQ exceeded";
            case Flooded _ -> "Excess Flood";
            case EndlessLine _ -> "Line too long";
            case AccountChanged _ -> "Account changed";
            case EndedByOwner _ -> "Quit";
            case Quit _,
                    Killed _,
                    TimedOut _,
                    LoginTooSlow _,
                    PasswordNotChanged _,
                    NoSecondFactor _,
                    NotLoggedIn _,
                    TooManyAttempts _,
                    TooManySessions _ ->
                    forPeer();
        };
    }

    /// Whether the user stays for the grace time, as it may be back in a moment.
    default boolean lingers() {
        return switch (this) {
            case PeerLeft _, TimedOut _, QueueFull _, QueuesFull _, WriteTooSlow _, Bug _ -> true;
            case Quit _,
                    LoginTooSlow _,
                    PasswordNotChanged _,
                    NoSecondFactor _,
                    NotLoggedIn _,
                    TooManyAttempts _,
                    Flooded _,
                    EndlessLine _,
                    Killed _,
                    TooManySessions _,
                    EndedByOwner _,
                    AccountChanged _,
                    Draining _ ->
                    false;
        };
    }

    /// Whether the lines that wait for the peer are worth sending before the last one.
    default boolean sendsWhatWaits() {
        return !(this instanceof QueueFull
                || this instanceof QueuesFull
                || this instanceof WriteTooSlow);
    }

    /// Whether it was the peer's own doing, which was there until the end, and so got all that was
    /// queued before. Who is ended by others may be asleep.
    default boolean isByPeer() {
        return switch (this) {
            case PeerLeft _,
                    Quit _,
                    LoginTooSlow _,
                    NotLoggedIn _,
                    TooManyAttempts _,
                    Flooded _,
                    EndlessLine _ ->
                    true;
            case TimedOut _,
                    PasswordNotChanged _,
                    NoSecondFactor _,
                    QueueFull _,
                    QueuesFull _,
                    WriteTooSlow _,
                    Killed _,
                    TooManySessions _,
                    EndedByOwner _,
                    AccountChanged _,
                    Draining _,
                    Bug _ ->
                    false;
        };
    }

    /// Whether it is worth waiting a moment for the peer to close its side, to know that it got all
    /// that was queued before: all are sent away at once, and come back.
    default boolean isAnswered() {
        return this instanceof Draining;
    }

    /// The setting that the peer ran into, if it is one that a usual peer stays clear of.
    default Optional<String> setting() {
        return switch (this) {
            case TooManyAttempts _ -> Optional.of("auth.attempts");
            case TooManySessions _ -> Optional.of("limits.connections.per-account");
            case QueueFull _ -> Optional.of("limits.send-queue");
            case QueuesFull _ -> Optional.of("limits.send-queue-total");
            case WriteTooSlow _ -> Optional.of("limits.write-within");
            case Flooded _ -> Optional.of("limits.rate.patience");
            case EndlessLine _ -> Optional.of("limits.frame");
            case PeerLeft _,
                    Quit _,
                    LoginTooSlow _,
                    PasswordNotChanged _,
                    NoSecondFactor _,
                    NotLoggedIn _,
                    TimedOut _,
                    Killed _,
                    EndedByOwner _,
                    AccountChanged _,
                    Draining _,
                    Bug _ ->
                    Optional.empty();
        };
    }

    /// One word of ours, for logs and counts.
    default String name() {
        return getClass().getSimpleName();
    }

    /// Whether the log should wake someone.
    default boolean isOurFault() {
        return this instanceof Bug;
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() > 0
                ? duration.toSeconds() + " seconds"
                : duration.toMillis() + " ms";
    }
}
