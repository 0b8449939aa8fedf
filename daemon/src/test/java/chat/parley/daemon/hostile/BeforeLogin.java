package chat.parley.daemon.hostile;

import chat.parley.daemon.store.Account.Role;
import chat.parley.daemon.talks.TestDaemon;
import java.time.Duration;
import java.util.Set;

/// The states of a session that is not in, by what was said to come there, and what whoever is told
/// this is told on the way: without it, it has not come there.
///
/// `{n}` is a nick and account, `{sasl}` an answer of SASL PLAIN with a wrong password for it,
/// `{all}` the lines that ask for all capabilities that are offered. `{own}` is an account that is
/// only this state's, and `{own-sasl}` its right answer: no input guesses at it, or the login guard
/// would keep it out. It may have to set a password or a second factor first: nobody knows of it
/// before. A login that was put off has failed as one that was refused has: for the session it is
/// the same.
enum BeforeLogin {
    NOTHING_SAID(""),
    GREETED(" PONG ", "PING x"),
    CAP_OPEN(" CAP * LS ", "CAP LS 302"),
    ALL_CAPABILITIES(" CAP * ACK ", "{all}"),
    ALL_CAPABILITIES_AND_CAP_ENDED(" CAP * ACK ", "{all}", "CAP END"),
    NICK_ONLY("", "NICK eve"),
    NICK_OF_SOMEBODY("", "NICK {n}"),
    USER_ONLY("", "USER {n} 0 * :Eve"),
    ALL_BUT_CAP_END(" CAP * LS ", "CAP LS 302", "NICK eve", "USER eve 0 * :Eve"),
    SASL_BEGUN("AUTHENTICATE +", "CAP REQ :sasl", "AUTHENTICATE PLAIN"),
    SASL_MID_CHUNK("AUTHENTICATE +", "AUTHENTICATE PLAIN", "AUTHENTICATE " + "A".repeat(400)),
    SASL_EXTERNAL_BEGUN("AUTHENTICATE +", "AUTHENTICATE EXTERNAL"),
    SASL_FAILED(" 904 ", "CAP LS 302", "AUTHENTICATE PLAIN", "AUTHENTICATE {sasl}"),
    SASL_ABORTED(" 906 ", "CAP LS 302", "NICK {n}", "AUTHENTICATE PLAIN", "AUTHENTICATE *"),
    LOGIN_FAILED(" 464 ", "LOGIN {n} wrong"),
    PASS_FAILED(" 464 ", "NICK {n}", "PASS {n}:wrong"),
    PASSWORD_GIVEN_AND_CAP_OPEN(" 900 ", "CAP LS 302", "PASS {own}:{own}-secret", "NICK eve"),
    SASL_DONE_AND_CAP_OPEN(
            " 903 ",
            "CAP REQ :sasl",
            "AUTHENTICATE PLAIN",
            "AUTHENTICATE {own-sasl}",
            "USER e 0 * :Eve"),
    PASSWORD_GIVEN_AND_NICK(" 900 ", "PASS {own}:{own}-secret", "NICK {n}"),
    AWAY_AND_METADATA_SAID(
            " 306 ",
            "CAP REQ :draft/pre-away draft/metadata-3 batch message-tags",
            "AWAY :gone",
            "METADATA * SET url :https://example.org/",
            "METADATA * SUB url display-name"),
    BATCH_BEGUN(
            " CAP * ACK ",
            "CAP REQ :draft/multiline batch message-tags",
            "BATCH +1 draft/multiline #lobby"),
    MUST_CHANGE_ITS_PASSWORD(" 900 ", "{all}", "LOGIN {own} {own}-invited"),
    NEEDS_A_SECOND_FACTOR(" 900 ", "{all}", "LOGIN {own} {own}-secret");

    private final String told;
    private final String lines; // one string, as an enum's fields are immutable

    BeforeLogin(String told, String... lines) {
        this.told = told;
        this.lines = String.join("\n", lines);
    }

    /// Adds the account, if there is one to log in to.
    void prepare(TestDaemon daemon, String own) {
        switch (this) {
            case PASSWORD_GIVEN_AND_CAP_OPEN, SASL_DONE_AND_CAP_OPEN, PASSWORD_GIVEN_AND_NICK ->
                    daemon.account(own);
            case MUST_CHANGE_ITS_PASSWORD -> daemon.account(own).invite(own, Duration.ofHours(1));
            case NEEDS_A_SECOND_FACTOR -> daemon.account(own, Role.OPERATOR);
            default -> {}
        }
    }

    Twins.State with(String own) {
        var sasl = LoginWall.sasl(own, TestDaemon.passwordOf(own));
        return new Twins.State(
                name(),
                lines.lines()
                        .map(line -> line.replace("{own}", own).replace("{own-sasl}", sasl))
                        .toList(),
                told);
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
}
