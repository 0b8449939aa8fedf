package chat.parley.daemon.hostile;

import java.util.List;
import java.util.Set;

/// The states of a session that is not in, by what was said to come there.
///
/// `{n}` is a nick and account, `{sasl}` an answer of SASL PLAIN with a wrong password for it,
/// `{all}` the lines that ask for all capabilities that are offered. Eve has an account of her own
/// and never comes in. Ida has logged in with a password for one login, Olga with a role that needs
/// a second factor: nobody knows of them before they have set what is missing.
enum BeforeLogin {
    NOTHING_SAID,
    GREETED("PING x"),
    CAP_OPEN("CAP LS 302"),
    ALL_CAPABILITIES("{all}"),
    ALL_CAPABILITIES_AND_CAP_ENDED("{all}", "CAP END"),
    NICK_ONLY("NICK eve"),
    NICK_OF_SOMEBODY("NICK {n}"),
    USER_ONLY("USER {n} 0 * :Eve"),
    ALL_BUT_CAP_END("CAP LS 302", "NICK eve", "USER eve 0 * :Eve"),
    SASL_BEGUN("CAP REQ :sasl", "AUTHENTICATE PLAIN"),
    SASL_MID_CHUNK("AUTHENTICATE PLAIN", "AUTHENTICATE " + "A".repeat(400)),
    SASL_EXTERNAL_BEGUN("AUTHENTICATE EXTERNAL"),
    SASL_FAILED("CAP LS 302", "AUTHENTICATE PLAIN", "AUTHENTICATE {sasl}"),
    SASL_ABORTED("CAP LS 302", "NICK {n}", "AUTHENTICATE PLAIN", "AUTHENTICATE *"),
    LOGIN_FAILED("LOGIN {n} wrong"),
    PASS_FAILED("NICK {n}", "PASS {n}:wrong"),
    PASSWORD_GIVEN_AND_CAP_OPEN("CAP LS 302", "PASS eve:eve-secret", "NICK eve"),
    SASL_DONE_AND_CAP_OPEN(
            "CAP REQ :sasl",
            "AUTHENTICATE PLAIN",
            "AUTHENTICATE AGV2ZQBldmUtc2VjcmV0",
            "USER e 0 * :Eve"),
    PASSWORD_GIVEN_AND_NICK("PASS eve:eve-secret", "NICK {n}"),
    AWAY_AND_METADATA_SAID(
            "CAP REQ :draft/pre-away draft/metadata-3 batch message-tags",
            "AWAY :gone",
            "METADATA * SET url :https://example.org/",
            "METADATA * SUB url display-name"),
    BATCH_BEGUN("CAP REQ :draft/multiline batch message-tags", "BATCH +1 draft/multiline #lobby"),
    MUST_CHANGE_ITS_PASSWORD("{all}", "LOGIN ida ida-invited"),
    NEEDS_A_SECOND_FACTOR("{all}", "LOGIN olga olga-secret");

    private final String lines; // one string, as an enum's fields are immutable

    BeforeLogin(String... lines) {
        this.lines = String.join("\n", lines);
    }

    /// Whether the command completes the login from here, as it should, or helps with it.
    boolean isLetInBy(String command) {
        return switch (this) {
            case PASSWORD_GIVEN_AND_NICK -> command.equals("USER");
            case MUST_CHANGE_ITS_PASSWORD -> Set.of("PASSWD", "HELP", "HELPOP").contains(command);
            case NEEDS_A_SECOND_FACTOR -> Set.of("TOTP", "HELP", "HELPOP").contains(command);
            default -> false;
        };
    }

    List<String> lines() {
        return lines.lines().toList();
    }
}
