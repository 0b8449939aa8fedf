package chat.parley.daemon.session;

import chat.parley.daemon.auth.Authenticator;
import chat.parley.daemon.auth.Origin;
import chat.parley.daemon.auth.Outcome;
import chat.parley.daemon.auth.OwnTotp;
import chat.parley.daemon.auth.PasswordRule.Beside;
import chat.parley.daemon.auth.TotpKey;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.config.DaemonConfig.RoleName;
import chat.parley.daemon.store.Account;
import chat.parley.protocol.FirstWord;
import chat.parley.protocol.PasswordAndCode;
import chat.parley.protocol.Secret;
import org.jspecify.annotations.Nullable;

/// The secret part of TOTP: a session's owner turns the second factor of its account on and off.
///
/// Whoever does must show the password, and a code where there is one already: a session that was
/// left open is not enough. Failures count as failed logins do. Belongs to the session's reader.
final class TotpDesk implements AutoCloseable {

    private static final TotpStep USAGE =
            new TotpStep.Failed(
                    "INVALID_PARAMS",
                    "It is TOTP STATUS, ENABLE <password>, CONFIRM <code>, CODES <password><code>,"
                            + " or DISABLE <password><code>");

    private final Authenticator authenticator;
    private final OwnTotp totp;
    private final DaemonConfig config;
    private final Origin origin;
    private @Nullable TotpKey proposed;

    TotpDesk(Session.House house, DaemonConfig config, Origin origin) {
        this.authenticator = house.authenticator();
        this.totp = house.totp();
        this.config = config;
        this.origin = origin;
    }

    /// @param own the account that asks
    /// @param params what follows the command; wiped by who called
    TotpStep handle(Account own, Secret params) throws InterruptedException {
        try (var given = FirstWord.of(params)) {
            var word = given.word();
            if (word.isEmpty() || word.isWord("STATUS")) {
                return status(own);
            }
            if (given.rest().isEmpty()) {
                return USAGE;
            }
            if (word.isWord("ENABLE")) {
                return enable(own, given.rest());
            }
            if (word.isWord("CONFIRM")) {
                return confirm(own, given.rest());
            }
            if (word.isWord("CODES")) {
                return codes(own, given.rest());
            }
            return word.isWord("DISABLE") ? disable(own, given.rest()) : USAGE;
        } catch (OwnTotp.Unavailable _) { // it is in the log
            return new TotpStep.Failed(
                    "TEMPORARILY_UNAVAILABLE", "The daemon cannot do that now: try again later");
        }
    }

    private TotpStep status(Account own) throws InterruptedException, OwnTotp.Unavailable {
        var left = totp.codesLeft(own.name());
        return left.isPresent() ? new TotpStep.On(left.get()) : new TotpStep.Off();
    }

    private TotpStep enable(Account own, Secret password)
            throws InterruptedException, OwnTotp.Unavailable {
        if (totp.codesLeft(own.name()).isPresent()) {
            return new TotpStep.Failed("ALREADY_ENABLED", "It is on already: DISABLE it first");
        }
        var refusal = refusal(own, password);
        if (refusal != null) {
            return refusal;
        }
        close();
        var key = totp.propose();
        proposed = key;
        return new TotpStep.Proposed(key.uri(config.network(), own.name()), key.base32());
    }

    private TotpStep confirm(Account own, Secret code)
            throws InterruptedException, OwnTotp.Unavailable {
        var key = proposed;
        if (key == null) {
            return new TotpStep.Failed("NOT_PROPOSED", "First TOTP ENABLE <password>");
        }
        // Another session of the owner's may have been faster.
        if (totp.codesLeft(own.name()).isPresent()) {
            return new TotpStep.Failed("ALREADY_ENABLED", "It is on already: DISABLE it first");
        }
        var codes = totp.confirm(own.name(), key, code);
        if (codes.isEmpty()) {
            return new TotpStep.Failed(
                    "WRONG_CODE", "This is not the code that the app shows: is your clock right?");
        }
        close();
        return new TotpStep.Codes(codes.get(), true);
    }

    private TotpStep codes(Account own, Secret given)
            throws InterruptedException, OwnTotp.Unavailable {
        if (totp.codesLeft(own.name()).isEmpty()) {
            return notOn();
        }
        var refusal = refusal(own, given);
        if (refusal != null) {
            return refusal;
        }
        var codes = totp.replaceCodes(own.name());
        return codes.isEmpty() ? notOn() : new TotpStep.Codes(codes.get(), false);
    }

    private TotpStep disable(Account own, Secret given)
            throws InterruptedException, OwnTotp.Unavailable {
        if (config.auth().totp().requiredFor().contains(RoleName.valueOf(own.role().name()))) {
            return new TotpStep.Failed("TOTP_REQUIRED", "Your role needs a second factor");
        }
        if (totp.codesLeft(own.name()).isEmpty()) {
            return notOn();
        }
        var refusal = refusal(own, given);
        if (refusal != null) {
            return refusal;
        }
        try (var parts = PasswordAndCode.split(given)) {
            if (parts.password().codePoints() < Beside.NOTHING.shortest()) {
                return new TotpStep.Failed(
                        "PASSWORD_TOO_SHORT",
                        "Your password is too short to stand alone: change it first");
            }
        }
        return totp.turnOff(own.name()) ? new TotpStep.TurnedOff() : notOn();
    }

    private static TotpStep notOn() {
        return new TotpStep.Failed("NOT_ENABLED", "It is not on");
    }

    /// Null if it is who they say.
    private @Nullable TotpStep refusal(Account own, Secret given) throws InterruptedException {
        return switch (authenticator.authenticate(own.name(), given, origin)) {
            case Outcome.LoggedIn _ -> null;
            case Outcome.Refused _ ->
                    new TotpStep.Failed("WRONG_PASSWORD", "Wrong password, or wrong code");
            case Outcome.Busy _, Outcome.Closed _ ->
                    new TotpStep.Failed(
                            "TEMPORARILY_UNAVAILABLE",
                            "Too many logins at the moment: try again later");
        };
    }

    /// Wipes the key that was proposed.
    @Override
    public void close() {
        if (proposed != null) {
            proposed.close();
            proposed = null;
        }
    }
}
