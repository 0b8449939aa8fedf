package chat.parley.client.link;

import chat.parley.protocol.Capability;
import chat.parley.protocol.Message;
import chat.parley.protocol.PasswordAndCode;
import chat.parley.protocol.SaslPlain;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// From the end of the handshake to the welcome: capabilities, SASL PLAIN or EXTERNAL, a nick.
///
/// Everything runs on the thread that dials, and one after the other: nothing secret is sent before
/// the daemon has agreed to hear it.
final class Login {

    /// So many other nicks are tried.
    private static final int NICKS = 3;

    /// What servers without accounts say of a wrong password of theirs, where they say no 464:
    /// "Access denied: Bad password?" (ngIRCd), "[Access denied by configuration]" (InspIRCd), "You
    /// are not authorized to connect to this server".
    private static final Pattern NOT_THEM =
            Pattern.compile("password|access denied|authori[sz]ed", Pattern.CASE_INSENSITIVE);

    private final Wire wire;
    private final Who who;
    private final Offer offer;
    private final Set<Capability> enabled = EnumSet.noneOf(Capability.class);
    private String lastWords = "";
    private int taken; // nicks that are somebody else's
    private final boolean isByPass;
    private boolean isWithoutAccounts;
    private boolean isIn; // with an account
    private boolean sentPassword;
    private boolean mustChange; // the password, before anything else
    private boolean mustEnrol; // for codes, before anything else

    /// @param isByPass the password goes before the nick, as a server's (PASS, RFC 2812 3.1.1): for
    ///   one that is known to have no SASL
    Login(Wire wire, Who who, Set<Capability> besides, boolean isByPass) {
        this.wire = wire;
        this.isByPass = isByPass;
        this.who = who;
        this.offer = new Offer(mechanism(), besides);
    }

    Outcome run() throws IOException {
        var name = who.credentials().account();
        if (isByPass) {
            wire.secret("PASS :", PasswordAndCode.bytes(who.credentials().password().copy()));
        }
        wire.send(
                List.of(
                        Message.of("CAP", "LS", "302"),
                        Message.of("NICK", name),
                        Message.of("USER", name, "0", "*", name)));
        while (true) {
            var message = wire.next();
            if (message.isEmpty() && isByPass && NOT_THEM.matcher(lastWords).find()) {
                return new Outcome.Refused(lastWords, true);
            }
            if (message.isEmpty()) {
                return new Outcome.CannotConnect(
                        lastWords.isEmpty()
                                ? "the daemon ended the connection; its log says why"
                                : "the daemon ended the connection: " + lastWords);
            }
            var outcome = heard(message.get());
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
    }

    private Optional<Outcome> heard(Message message) throws IOException {
        return switch (message.command()) {
            case "CAP" -> capabilities(message);
            case "AUTHENTICATE" -> {
                sendProof();
                yield Optional.empty();
            }
            case "903" -> {
                isIn = true;
                wire.send(List.of(Message.of("CAP", "END")));
                yield Optional.empty();
            }
            case "PING" -> {
                wire.send(List.of(Message.of("PONG", message.param(0))));
                yield Optional.empty();
            }
            case "001" -> {
                var session = new Session(wire, message.param(0), offer.values(enabled), isIn);
                yield Optional.of(
                        mustChange
                                ? new Outcome.MustChange(session)
                                : mustEnrol
                                        ? new Outcome.MustEnrol(session)
                                        : new Outcome.LoggedIn(session));
            }
            case "904", "464" -> notThem(message);
            case "433" -> another(message);
            case "902", "905", "906", "907", "465", "432", "437" -> refused(last(message));
            case "FAIL" -> failed(message);
            case "ERROR" -> {
                lastWords = last(message);
                yield Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    /// Somebody goes by that nick: on networks where a nick is not the account's name that may be a
    /// connection of one's own which is not known to be dead yet.
    private Optional<Outcome> another(Message message) throws IOException {
        if (taken == NICKS) {
            return refused(last(message));
        }
        taken++;
        wire.send(List.of(Message.of("NICK", who.credentials().account() + "_".repeat(taken))));
        return Optional.empty();
    }

    private Optional<Outcome> failed(Message message) {
        return switch (message.param(1)) {
            case "PASSWORD_CHANGE_REQUIRED" -> {
                mustChange = true; // the welcome comes all the same
                yield Optional.empty();
            }
            case "TOTP_REQUIRED" -> {
                mustEnrol = true;
                yield Optional.empty();
            }
            // Not "no" but "not now", where it says from when on: too many log in, or failed to.
            case "TEMPORARILY_UNAVAILABLE" -> {
                var seconds = message.param(2);
                yield seconds.matches("[0-9]{1,9}") && message.params().size() > 3
                        ? Optional.of(
                                new Outcome.NotNow(Duration.ofSeconds(Long.parseLong(seconds))))
                        : refused(last(message));
            }
            default -> refused(last(message));
        };
    }

    /// IRCv3 capability-negotiation: LS (perhaps over several lines), then ACK or NAK.
    private Optional<Outcome> capabilities(Message message) throws IOException {
        var isMore = message.params().size() > 3 && message.param(2).equals("*");
        var names = List.of(message.param(isMore ? 3 : 2).strip().split(" +", -1));
        switch (message.param(1)) {
            case "LS" -> {
                for (var name : names) {
                    offer.hear(name);
                }
                if (!isMore) {
                    return ask();
                }
            }
            case "ACK" -> {
                names.stream().map(Capability::of).flatMap(Optional::stream).forEach(enabled::add);
                if (!offer.has(Capability.SASL)) {
                    wire.send(List.of(Message.of("CAP", "END")));
                } else if (enabled.contains(Capability.SASL) && !sentPassword) {
                    wire.send(List.of(Message.of("AUTHENTICATE", mechanism())));
                }
            }
            case "NAK" -> {
                return refused("the daemon takes back the capabilities it offered");
            }
            default -> {} // NEW, DEL: later the daemon's business
        }
        return Optional.empty();
    }

    private Optional<Outcome> ask() throws IOException {
        isWithoutAccounts = !offer.namesSasl() && !who.isByKey();
        var isEnough = isByPass && isWithoutAccounts;
        if (offer.isEmpty() && isEnough) {
            wire.send(List.of(Message.of("CAP", "END")));
            return Optional.empty();
        }
        if (!offer.has(Capability.SASL) && !isEnough) {
            return refused(
                    "the daemon offers no login by "
                            + (who.isByKey() ? "certificate" : "password")
                            + " (SASL "
                            + mechanism()
                            + ")");
        }
        wire.send(List.of(Message.of("CAP", "REQ", offer.names())));
        return Optional.empty();
    }

    /// Whether one can log in at the server, or else whoever knows a password of its own is let in,
    /// or anybody. Empty where it did not say.
    Optional<Boolean> hasAccounts() {
        var namesSasl = offer.namesSasl();
        return namesSasl || isWithoutAccounts ? Optional.of(namesSasl) : Optional.empty();
    }

    private String mechanism() {
        return who.isByKey() ? "EXTERNAL" : "PLAIN";
    }

    private void sendProof() throws IOException {
        if (sentPassword) {
            return; // once; a daemon that asks again gets nothing
        }
        sentPassword = true;
        if (who.isByKey()) {
            // What opens was shown by TLS; this is who one wants to be. No name is that long.
            var name = loginName().getBytes(StandardCharsets.UTF_8);
            wire.authenticate(Base64.getEncoder().encode(name));
            return;
        }
        for (var chunk : SaslPlain.chunks(loginName(), who.credentials().password())) {
            wire.authenticate(chunk);
        }
    }

    /// `account@device` is for a daemon that has a capability of Parley's; to others it would be
    /// another account.
    private String loginName() {
        var account = who.credentials().account();
        return offer.has(Capability.ONCE)
                ? account + who.device().map(name -> "@" + name).orElse("")
                : account;
    }

    /// What was shown does not open this account.
    private Optional<Outcome> notThem(Message message) {
        if (!who.isByKey()) {
            isWithoutAccounts |= !offer.namesSasl(); // and does not know CAP either
            return Optional.of(new Outcome.Refused(last(message), true));
        }
        var key = who.key().orElseThrow();
        return refused(
                last(message)
                        + "\n  If "
                        + key.file()
                        + " is valid, the daemon's admin binds it: parley-user bind-cert "
                        + who.credentials().account()
                        + " "
                        + key.fingerprint());
    }

    private static Optional<Outcome> refused(String reason) {
        return Optional.of(new Outcome.Refused(reason, false));
    }

    private static String last(Message message) {
        return message.params().isEmpty() ? message.command() : message.params().getLast();
    }
}
