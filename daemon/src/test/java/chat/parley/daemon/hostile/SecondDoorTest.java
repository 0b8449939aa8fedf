package chat.parley.daemon.hostile;

import chat.parley.daemon.talks.TestDaemon;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// There is no way round the login: whatever is tried in whatever state before it gets 451, and
/// nobody hears of it.
class SecondDoorTest {

    /// What exists before login.
    private static final Set<String> REGISTRATION =
            Set.of("AUTHENTICATE", "CAP", "NICK", "USER", "PING", "PONG", "QUIT");

    /// What other servers have had as a second door, and what may come one day.
    private static final List<String> OTHERS =
            List.of(
                    "OPER",
                    "REHASH",
                    "KILL",
                    "SESSIONS",
                    "DIE",
                    "RESTART",
                    "WALLOPS",
                    "REGISTER",
                    "VERIFY",
                    "RESUME",
                    "ACC",
                    "NS",
                    "NICKSERV",
                    "CS",
                    "SASERV",
                    "SAJOIN",
                    "SANICK",
                    "WEBIRC",
                    "CGIIRC",
                    "PROXY",
                    "SERVER",
                    "SERVICE",
                    "SQUIT",
                    "STARTTLS",
                    "DEBUG",
                    "WHOIS",
                    "WHOWAS",
                    "MONITOR",
                    "ISON",
                    "USERHOST",
                    "AWAY",
                    "SETNAME",
                    "KICK",
                    "INVITE",
                    "KNOCK",
                    "CHATHISTORY",
                    "HISTORY",
                    "MARKREAD",
                    "SEARCH",
                    "REDACT",
                    "METADATA",
                    "BATCH",
                    "ACCEPT",
                    "STATS",
                    "LINKS",
                    "TIME",
                    "INFO",
                    "ADMIN",
                    "TRACE",
                    "MAP",
                    "CHATHISTORYLATEST",
                    "BOUNCER",
                    "001",
                    "900",
                    "903",
                    "FAIL",
                    "ACK",
                    "A",
                    "X1");

    /// What was said when the door is tried, one line after the other.
    enum Said {
        NOTHING(""),
        NICK("NICK ann"),
        ALL_BUT_CAP_END("CAP LS 302|NICK ann|USER ann 0 * :Ann"),
        CAP_REQ("CAP REQ :echo-message message-tags labeled-response"),
        AUTHENTICATE("CAP REQ :sasl|AUTHENTICATE PLAIN"),
        HALF_OF_A_SASL_ANSWER("AUTHENTICATE PLAIN|AUTHENTICATE " + "A".repeat(400)),
        A_WRONG_PASSWORD("LOGIN ann wrong"),
        THE_PASSWORD_BUT_NOT_NICK_AND_USER("PASS ann:ann-secret");

        private final String lines;

        Said(String lines) {
            this.lines = lines;
        }
    }

    @ParameterizedTest
    @EnumSource
    void no_command_does_anything(Said before, @TempDir Path dir) {
        try (var daemon =
                        new TestDaemon(dir, "parley.limits.rate.burst = 100000")
                                .account("ann")
                                .account("bob");
                var bob = daemon.login("bob");
                var wire = daemon.connect()) {
            var commands = new LinkedHashSet<>(OddParametersTest.commands(bob));
            commands.addAll(OTHERS);
            commands.removeAll(REGISTRATION);
            commands.remove("METADATA"); // it is there, and gets nobody anywhere: see below
            bob.settle();
            for (var line : before.lines.split("[|]", -1)) {
                wire.send(line);
            }
            wire.send("PING arrived");
            wire.expect(":parley.example PONG parley.example :arrived");
            for (var command : commands) {
                for (var line :
                        List.of(
                                command,
                                command.toLowerCase(java.util.Locale.ROOT) + " #lobby :hello",
                                command + " bob :hello",
                                "@label=1;+x=y :bob!bob@parley.example "
                                        + command
                                        + " #lobby hello")) {
                    wire.send(line);
                    wire.expectNext(":parley.example 451 * " + command + " :Log in first: …");
                }
            }
            for (var sub : List.of("LIST", "GET x", "SET x :y", "CLEAR", "SUB x", "SYNC")) {
                for (var target : List.of("bob", "ann", "#lobby", "*ALL")) {
                    wire.send("METADATA " + target + " " + sub);
                    wire.expectNext(
                            ":parley.example FAIL METADATA INVALID_TARGET " + target + " …");
                }
            }
            bob.expectNothing();
            bob.send("NAMES #lobby");
            bob.expectNext(":parley.example 353 bob = #lobby :bob");
        }
    }
}
