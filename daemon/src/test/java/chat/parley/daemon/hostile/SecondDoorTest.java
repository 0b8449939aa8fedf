package chat.parley.daemon.hostile;

import chat.parley.daemon.talks.TestDaemon;
import chat.parley.daemon.talks.Wire;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// There is no way round the login: whatever is tried in whatever state before it gets 451, and
/// nobody hears of it.
class SecondDoorTest {

    /// What exists before login.
    private static final Set<String> REGISTRATION =
            Set.of("CAP", "NICK", "USER", "PING", "PONG", "QUIT");

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

    enum Before {
        ANYTHING(_ -> {}),
        USER(wire -> wire.send("NICK ann")),
        CAP_END(wire -> {
            wire.send("CAP LS 302");
            wire.send("NICK ann");
            wire.send("USER ann 0 * :Ann");
        }),
        CAP_END_AFTER_REQ(wire -> wire.send("CAP REQ :echo-message message-tags labeled-response")),
        THE_SASL_ANSWER(wire -> {
            wire.send("CAP REQ :sasl");
            wire.send("AUTHENTICATE PLAIN");
        }),
        THE_END_OF_A_SASL_ANSWER(wire -> {
            wire.send("AUTHENTICATE PLAIN");
            wire.send("AUTHENTICATE " + "A".repeat(400));
        }),
        ANOTHER_LOGIN(wire -> wire.send("LOGIN ann wrong")),
        NICK_AND_USER_THOUGH_LOGGED_IN(wire -> wire.send("PASS ann:ann-secret"));

        private final Consumer<Wire> arrive;

        Before(Consumer<Wire> arrive) {
            this.arrive = arrive;
        }
    }

    @ParameterizedTest
    @EnumSource
    void no_command_does_anything(Before state, @TempDir Path dir) {
        try (var daemon =
                        new TestDaemon(dir, "parley.limits.rate.burst = 100000")
                                .account("ann")
                                .account("bob");
                var bob = daemon.login("bob");
                var wire = daemon.connect()) {
            var commands = new LinkedHashSet<>(OddParametersTest.commands(bob));
            commands.addAll(OTHERS);
            commands.removeAll(REGISTRATION);
            bob.settle();
            state.arrive.accept(wire);
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
            bob.expectNothing();
            bob.send("NAMES #lobby");
            bob.expectNext(":parley.example 353 bob = #lobby :bob");
        }
    }
}
