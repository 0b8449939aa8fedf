package chat.parley.daemon.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.auth.Argon2Hasher;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.observe.AuditLog;
import chat.parley.daemon.observe.Recorded;
import chat.parley.daemon.store.Account;
import chat.parley.daemon.store.Account.Role;
import chat.parley.daemon.store.AccountWatch;
import chat.parley.daemon.store.ChannelLog;
import chat.parley.daemon.store.Database;
import chat.parley.daemon.store.GuardRow;
import chat.parley.daemon.store.SecondFactors;
import chat.parley.daemon.store.SqliteAccounts;
import chat.parley.daemon.store.SqliteLog;
import chat.parley.daemon.store.SqliteLoginGuard;
import chat.parley.daemon.store.SqliteSecondFactors;
import chat.parley.protocol.ByteSize;
import chat.parley.protocol.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The tool as a whole, but for the process: arguments in, text and exit code out.
@Timeout(60)
class UserToolTest {

    private static final String GOOD = "correct horse battery";

    @TempDir Path dir;
    private Path config;
    private final ArrayDeque<String> typed = new ArrayDeque<>();
    private String out = "";
    private String err = "";

    @BeforeEach
    void configure() throws Exception {
        config =
                Files.writeString(
                        dir.resolve("parley.conf"),
                        """
                        parley { data-dir = data, network = ParleyExampleNetwork
                          auth { argon2 { memory = 64 KiB, passes = 1 }, threads = 2 } }
                        """);
    }

    @Nested
    class Delete_with_erase_messages {

        @Test
        void erases_what_the_account_said_and_notes_it_and_may_be_run_again() throws Exception {
            assertEquals(0, run(GOOD, "add", "ann", "--password-stdin"));
            try (var log = SqliteLog.open(database(), DaemonConfig.History.Durability.COMMIT)) {
                log.append(
                        List.of(
                                new ChannelLog.Entry(
                                        new ChannelLog.Stream.OfChannel("#tea"),
                                        Instant.EPOCH,
                                        "ann",
                                        "ann!a@b",
                                        "PRIVMSG",
                                        "#tea",
                                        "hello",
                                        "")));
            }
            assertEquals(0, run("", "delete", "ann", "--erase-messages"));
            assertTrue(err.contains("erased what ann said: 1 entries"), err);

            assertEquals(0, run("", "delete", "ann", "--erase-messages"));
            assertTrue(err.contains("erased what ann said: 0 entries"), err);
            assertEquals(1, run("", "delete", "bob", "--erase-messages"));
            assertTrue(err.contains("there is no account bob, and nothing that it said"), err);
        }

        private Database database() throws Exception {
            return Database.prepare(dir.resolve("data"));
        }
    }

    @Test
    void a_password_may_be_shorter_where_a_code_is_asked_for_too() throws Exception {
        run(GOOD, "add", "ann", "--password-stdin");
        assertEquals(1, run("hgv29xtq", "passwd", "ann", "--password-stdin"));
        assertTrue(err.contains("at least 15"), err);

        new SqliteSecondFactors(Database.prepare(dir.resolve("data")), Clock.systemUTC())
                .turnOn("ann", "key", -1, List.of(), SecondFactors.By.ADMIN);
        assertEquals(0, run("hgv29xtq", "passwd", "ann", "--password-stdin"));
        assertEquals(1, run("hgv29xt", "passwd", "ann", "--password-stdin"));
        assertTrue(err.contains("at least 8"), err);
    }

    @Nested
    class What_is_so_already {

        @Test
        void is_said_and_is_no_mistake_and_ends_nobody() throws Exception {
            run(GOOD, "add", "ann", "--password-stdin");
            var version = find("ann").orElseThrow().version();
            assertEquals(0, run("", "enable", "ann"));
            assertTrue(err.contains("ann is enabled already"), err);
            assertEquals(0, run("", "role", "ann", "member"));
            assertTrue(err.contains("ann is member already"), err);
            assertEquals(version, find("ann").orElseThrow().version());

            assertEquals(0, run("", "disable", "ann"));
            assertEquals(0, run("", "disable", "ann"));
            assertTrue(err.contains("ann is disabled already"), err);
        }
    }

    @Nested
    class Role_of_an_account {

        @Test
        void is_changed_and_nobody_else_has_one() throws Exception {
            run(GOOD, "add", "ann", "--password-stdin");
            assertEquals(0, run("", "role", "ann", "admin"));
            assertEquals(Role.ADMIN, find("ann").orElseThrow().role());
            assertEquals(1, run("", "role", "bob", "admin"));
            assertEquals(2, run("", "role", "ann", "king"));
        }
    }

    /// The same by two who do not know of each other: one does it, the other is told.
    @Test
    void two_at_once_do_not_get_in_each_others_way() throws Exception {
        try (var threads = Executors.newFixedThreadPool(2)) {
            for (var round = 0; round < 5; round++) {
                var name = "ann" + round;
                Callable<Integer> add =
                        () -> UserTool.run(quiet(), "-c", config.toString(), "invite", name);
                var both = threads.invokeAll(List.of(add, add));
                assertEquals(
                        List.of(0, 1),
                        Stream.of(both.get(0).get(), both.get(1).get()).sorted().toList());
            }
        }
    }

    private static UserTool.Streams quiet() {
        var nowhere = new PrintStream(OutputStream.nullOutputStream());
        return new UserTool.Streams(
                InputStream.nullInputStream(), nowhere, nowhere, _ -> Optional.empty());
    }

    @Nested
    class Invite {

        @Test
        void prints_a_password_for_one_login_and_nothing_else_on_standard_output()
                throws Exception {
            assertEquals(0, run("", "invite", "Ann", "--valid", "3d", "--role=operator"));

            assertTrue(out.matches("([a-z2-9]{5}-){3}[a-z2-9]{5}\n"), out);
            assertTrue(fits("ann", out.strip()));
            assertFalse(err.contains(out.strip()), err);
            var ann = find("ann").orElseThrow();
            assertEquals(Role.OPERATOR, ann.role());
            var until = ann.oneTimeUntil().orElseThrow();
            assertTrue(until.isAfter(Instant.now().plus(Duration.ofHours(71))), until.toString());
            assertTrue(until.isBefore(Instant.now().plus(Duration.ofHours(73))), until.toString());
        }

        @Test
        void prints_an_object_for_scripts() throws Exception {
            assertEquals(0, run("", "invite", "ann", "--json"));
            var pattern =
                    "\\{\"name\":\"ann\",\"done\":\"invite\",\"changed\":true,"
                            + "\"expires\":\"\\d{4}-[^\"]+Z\",\"password\":\"[a-z2-9-]{23}\"}\n";
            assertTrue(out.matches(pattern), out);
        }

        @Test
        void is_a_reset_for_an_account_that_is_there_if_told_to() throws Exception {
            run(GOOD, "add", "ann", "--password-stdin", "--role=bot");

            assertEquals(1, run("", "invite", "ann"));
            assertTrue(err.contains("--replace"), err);
            assertTrue(fits("ann", GOOD));

            assertEquals(0, run("", "invite", "ann", "--replace"));
            assertTrue(fits("ann", out.strip()));
            assertEquals(Role.BOT, find("ann").orElseThrow().role());
            assertTrue(find("ann").orElseThrow().mustChangePassword());
        }

        @Test
        void is_seen_as_long_as_nobody_has_taken_it_up() {
            run("", "invite", "ann");
            run("", "show", "ann");
            assertTrue(out.contains("\npassword for one login, until 20"), out);
            run("", "list", "--json");
            assertTrue(out.contains(",\"oneTimeUntil\":\"20"), out);

            run(GOOD, "passwd", "ann", "--password-stdin");
            run("", "show", "ann");
            assertFalse(out.contains("one login"), out);
            run("", "list", "--json");
            assertFalse(out.contains("oneTimeUntil"), out);
        }

        @Test
        void is_over_when_the_admin_gives_a_password() throws Exception {
            run("", "invite", "ann");
            assertEquals(0, run(GOOD, "passwd", "ann", "--password-stdin"));
            assertFalse(find("ann").orElseThrow().mustChangePassword());
        }

        @Test
        void refuses_times_and_names_that_cannot_be() throws Exception {
            for (var time : List.of("0h", "-1h", "91d", "3w", "soon", "99999999999999d")) {
                assertEquals(2, run("", "invite", "ann", "--valid=" + time), time);
            }
            assertEquals(1, run("", "invite", "parley"));
            assertTrue(find("ann").isEmpty());
        }
    }

    @Nested
    class Add {

        @Test
        void takes_the_password_from_standard_input() throws Exception {
            assertEquals(0, run(GOOD + "\nnot this\n", "add", "Ann", "--password-stdin"));

            assertEquals("", out);
            assertEquals("parley-user: added Ann, member\n", err);
            assertTrue(fits("ann", GOOD));
            assertEquals("rw-------", mode(dir.resolve("data/parley.db")));
        }

        @Test
        void takes_it_without_a_line_end_and_with_that_of_another_system() throws Exception {
            assertEquals(0, run(GOOD, "add", "ann", "--password-stdin"));
            assertEquals(0, run(GOOD + "\r\n", "add", "bob", "--password-stdin"));

            assertTrue(fits("ann", GOOD));
            assertTrue(fits("bob", GOOD));
        }

        @Test
        void takes_it_from_the_terminal_twice() throws Exception {
            type(GOOD, GOOD);

            assertEquals(0, run("", "add", "ann"));
            assertTrue(fits("ann", GOOD));
        }

        @Test
        void asks_again_when_it_was_mistyped_or_bad_three_times_in_all() throws Exception {
            type("short", GOOD, GOOD + "x", GOOD, GOOD);
            assertEquals(0, run("", "add", "ann"));
            assertTrue(err.contains("at least 15 characters"), err);
            assertTrue(err.contains("two different passwords"), err);

            type("short", "short", "short", GOOD, GOOD);
            assertEquals(1, run("", "add", "bob"));
            assertEquals(Optional.empty(), find("bob"));
        }

        @Test
        void makes_one_and_shows_only_that_on_standard_output() throws Exception {
            assertEquals(0, run("", "add", "ann", "--generate", "--role", "operator"));

            assertTrue(out.matches("([a-hjkmnp-z2-9]{5}-){3}[a-hjkmnp-z2-9]{5}\n"), out);
            assertTrue(fits("ann", out.strip()));
            assertEquals(Role.OPERATOR, find("ann").orElseThrow().role());
        }

        @Test
        void without_a_terminal_says_what_to_do() throws Exception {
            assertEquals(2, run("", "add", "ann"));
            assertTrue(err.contains("--password-stdin or --generate"), err);
        }

        @Test
        void refuses_what_is_no_password() throws Exception {
            for (var bad :
                    List.of(
                            "",
                            "\n",
                            "short\n",
                            "aaaaaaaaaaaaaaaaaa\n",
                            "PARLEYEXAMPLENETWORK\n")) {
                assertEquals(1, run(bad, "add", "ann", "--password-stdin"), bad);
            }
            assertEquals(
                    1,
                    run(
                            "ann-of-the-long-name\n",
                            "add",
                            "ann-of-the-LONG-name",
                            "--password-stdin"));
            assertEquals(Optional.empty(), find("ann"));
        }

        @Test
        void refuses_what_is_no_name() throws Exception {
            for (var bad : List.of("1st", "", "a b", "é", "a".repeat(33), "#tea", "a\u001b[2J")) {
                assertEquals(1, run(GOOD, "add", "--password-stdin", "--", bad), bad);
            }
            assertFalse(err.contains("\u001b"));
            for (var reserved :
                    List.of("Parley", "NickServ", "localhost", "parleyexamplenetwork")) {
                assertEquals(1, run(GOOD, "add", reserved, "--password-stdin"), reserved);
                assertTrue(err.contains("is reserved"), err);
            }
        }

        @Test
        void refuses_a_name_that_is_taken_before_it_asks_for_a_password() throws Exception {
            run(GOOD, "add", "ann", "--password-stdin");

            assertEquals(1, run("", "add", "ANN"));
            assertTrue(err.contains("--replace"), err);
        }

        @Test
        void replaces_when_told_to() throws Exception {
            run(GOOD, "add", "ann", "--password-stdin");

            assertEquals(
                    0,
                    run("another good one\u00e9\n", "add", "Ann", "--password-stdin", "--replace"));

            assertTrue(fits("ann", "another good one\u00e9"));
            assertEquals(Role.MEMBER, find("ann").orElseThrow().role());
            assertEquals(0, run(GOOD, "add", "ann", "--password-stdin", "--replace", "--role=bot"));
            assertEquals(Role.BOT, find("ann").orElseThrow().role());
        }

        @Test
        void uses_the_configured_price() throws Exception {
            run(GOOD, "add", "ann", "--password-stdin");

            var hash = find("ann").orElseThrow().hash();
            assertTrue(hash.startsWith("$argon2id$v=19$m=64,t=1,p=1$"), hash);
        }
    }

    @Nested
    class Passwd {

        @Test
        void gives_a_new_password() throws Exception {
            run(GOOD, "add", "ann", "--password-stdin");

            assertEquals(0, run("", "passwd", "ann", "--generate"));

            assertTrue(fits("ann", out.strip()));
            assertFalse(fits("ann", GOOD));
        }

        @Test
        void of_nobody_is_refused() throws Exception {
            assertEquals(1, run(GOOD, "passwd", "ann", "--password-stdin"));
            assertEquals("parley-user: there is no account ann\n", err);
        }

        @Test
        void takes_the_password_from_one_place_only() throws Exception {
            assertEquals(2, run("", "passwd", "ann", "--generate", "--password-stdin"));
        }
    }

    @Nested
    class Disable_enable_and_delete {

        @Test
        void do_what_they_say_and_may_be_said_twice() throws Exception {
            run(GOOD, "add", "ann", "--password-stdin");

            assertEquals(0, run("", "disable", "ANN"));
            assertEquals(0, run("", "disable", "ann"));
            assertFalse(find("ann").orElseThrow().isEnabled());
            assertEquals(0, run("", "enable", "ann"));
            assertTrue(find("ann").orElseThrow().isEnabled());
            assertEquals(0, run("", "delete", "ann"));
            assertEquals(Optional.empty(), find("ann"));
            assertEquals(0, run("", "delete", "Ann", "--json"));
            assertEquals("{\"name\":\"Ann\",\"done\":\"delete\",\"changed\":false}\n", out);
            assertTrue(err.contains("Ann is deleted already, since 20"), err);
            assertEquals(1, run("", "delete", "anna"));
            assertTrue(err.contains("there is no account anna"), err);
            assertEquals(1, run("", "disable", "ann"));
            assertEquals(1, run("", "enable", "ann"));
        }

        @Test
        void are_noticed_by_a_running_daemon() throws Exception {
            run(GOOD, "add", "ann", "--password-stdin");
            var told = new LinkedBlockingQueue<String>();
            var database = Database.prepare(dir.resolve("data"));
            try (var _ =
                    AccountWatch.start(database, Duration.ofMillis(5), new AuditLog(), told::add)) {
                run("", "disable", "ann");
                assertEquals("ann", told.poll(30, TimeUnit.SECONDS));
                run(GOOD, "passwd", "ann", "--password-stdin");
                assertEquals("ann", told.poll(30, TimeUnit.SECONDS));
            }
        }
    }

    @Nested
    class Unlock {

        @Test
        void forgets_what_was_failed_and_show_tells_of_it() throws Exception {
            assertEquals(0, run(GOOD, "add", "Ann", "--password-stdin"));
            var home = row(GuardRow.Kind.KNOWN, "192.0.2.1", 100);
            memory().write(List.of(row(GuardRow.Kind.STRANGERS, "", 100), home));
            assertEquals(0, run("", "show", "ann"));
            assertTrue(out.contains("known    from 1 networks, on 0 devices\n"), out);
            assertTrue(out.contains("failed   100 of 100 times in a row elsewhere, last 20"), out);
            assertTrue(out.contains("blocked  where it is not known, until a right"), out);
            assertTrue(out.contains("blocked  at 192.0.2.1, until a right"), out);

            assertEquals(0, run("", "unlock", "ANN"));

            assertTrue(err.contains("ANN may log in from anywhere again"), err);
            assertEquals(0, run("", "show", "ann", "--json"));
            assertTrue(
                    out.contains(
                            "\"logins\":{\"networks\":1,\"devices\":0,\"failures\":0,\"most\":100,"
                                    + "\"closed\":false,\"closedAt\":[]}"),
                    out);
            assertEquals(1, run("", "unlock", "bob"));
        }

        private GuardRow row(GuardRow.Kind kind, String place, int inARow) {
            return new GuardRow(kind, "ann", place, 3, inARow, Instant.now(), Instant.now());
        }

        private SqliteLoginGuard memory() throws Exception {
            return new SqliteLoginGuard(Database.prepare(dir.resolve("data")), Clock.systemUTC());
        }
    }

    @Nested
    class List_and_show {

        @Test
        void are_for_people_and_for_scripts_and_never_have_a_hash() throws Exception {
            run(GOOD, "add", "bob", "--password-stdin", "--role", "bot");
            run(GOOD, "add", "Ann", "--password-stdin");
            run("", "disable", "ann");

            assertEquals(0, run("", "list"));
            assertTrue(out.lines().toList().get(1).matches("Ann +member +disabled +20.*Z"), out);
            assertEquals(0, run("", "list", "--json"));
            assertTrue(
                    out.matches(
                            "\\[\\{\"name\":\"Ann\",\"role\":\"member\",\"status\":\"disabled\","
                                    + "\"created\":\"[^\"]+Z\"},\n \\{\"name\":\"bob\",.*}]\n"),
                    out);
            assertEquals(0, run("", "show", "BOB", "--json"));
            assertTrue(out.startsWith("{\"name\":\"bob\",\"role\":\"bot\",\"status\":\"enabled\""));
            assertEquals(0, run("", "show", "bob"));
            assertTrue(out.contains("role     bot\n"), out);
            assertFalse(out.contains("argon2"));
            assertEquals(1, run("", "show", "cleo"));
        }

        @Test
        void of_nothing_are_an_empty_array_and_a_hint() throws Exception {
            assertEquals(0, run("", "list", "--json"));
            assertEquals("[]\n", out);
            assertEquals(0, run("", "list"));
            assertTrue(err.contains("parley-user add NAME"), err);
        }
    }

    @Nested
    class Import {

        @Test
        void adds_all() throws Exception {
            assertEquals(
                    0, run("ann:" + GOOD + "\n\nbob:with:colons:in it\r\ncleo:" + GOOD, "import"));

            assertTrue(err.endsWith("added 3 accounts\n"), err);
            assertTrue(fits("ann", GOOD));
            assertTrue(fits("bob", "with:colons:in it"));
            assertTrue(fits("cleo", GOOD));
        }

        @Test
        void adds_none_when_one_line_is_wrong_and_tells_each() throws Exception {
            run(GOOD, "add", "old", "--password-stdin");

            assertEquals(
                    1,
                    run(
                            String.join(
                                    "\n",
                                    "ann:" + GOOD,
                                    "nonsense",
                                    "bob:short",
                                    "OLD:" + GOOD,
                                    "Ann:" + GOOD,
                                    "1st:" + GOOD),
                            "import"));

            for (var told :
                    List.of(
                            "line 2: not name:password",
                            "line 3: a password has at least",
                            "line 4: there is an account OLD already",
                            "line 5: Ann stands on line 1 already",
                            "line 6: an account's name",
                            "nothing was added: 5")) {
                assertTrue(err.contains(told), err);
            }
            assertEquals(Optional.empty(), find("ann"));
        }

        @Test
        void refuses_bytes_that_are_no_text_also_at_the_end() throws Exception {
            var broken = new byte[] {'a', ':', (byte) 0xff, (byte) 0xfe};

            assertEquals(1, run(broken, "import"));
            assertTrue(err.contains("line 1: not name:password in UTF-8"), err);
        }

        @Test
        void adds_hundreds() throws Exception {
            var lines =
                    IntStream.range(0, 300)
                            .mapToObj(i -> "user" + i + ":password of user " + i)
                            .collect(Collectors.joining("\n"));

            assertEquals(0, run(lines, "import"));

            assertTrue(fits("user299", "password of user 299"));
        }
    }

    @Nested
    class What_cannot_work {

        @Test
        void is_exit_code_3_for_configuration_and_database() throws Exception {
            Files.writeString(config, "parley { nam = x }");
            assertEquals(3, run("", "list"));
            assertTrue(err.contains("parley.conf:1: nam is not known"), err);

            configure();
            run("", "list");
            Files.setPosixFilePermissions(
                    dir.resolve("data/parley.db"), PosixFilePermissions.fromString("rw-r--r--"));
            assertEquals(3, run("", "list"));
            assertTrue(err.contains("chmod 600"), err);
        }

        @Test
        void is_exit_code_2_for_wrong_use() throws Exception {
            assertEquals(2, run(""));
            assertEquals(2, run("", "frobnicate"));
            assertEquals(2, run("", "add"));
            assertEquals(2, run("", "add", "ann", "--password", GOOD));
            assertEquals(2, run("", "add", "ann", "--generate", "--role", "king"));
        }
    }

    @Test
    void the_help_has_the_commands_and_the_exit_codes() throws Exception {
        assertEquals(0, run("", "--help"));

        for (var word :
                List.of(
                        "add",
                        "passwd",
                        "disable",
                        "enable",
                        "delete",
                        "list",
                        "show",
                        "import",
                        "Exit codes:",
                        "0   done",
                        "3   the configuration")) {
            assertTrue(out.contains(word), word + " in " + out);
        }
    }

    @Test
    void the_help_of_a_command_is_asked_for_behind_it() {
        assertEquals(0, run("", "add", "--help"));
        assertTrue(out.contains("--password-stdin"), out);
        assertEquals(0, run("", "--version"));
        assertEquals("parley-user dev\n", out);
    }

    @Test
    void the_configuration_may_stand_after_the_command() throws Exception {
        var err2 = new ByteArrayOutputStream();
        var streams =
                new UserTool.Streams(
                        new ByteArrayInputStream(new byte[0]),
                        new PrintStream(err2, true, StandardCharsets.UTF_8),
                        new PrintStream(err2, true, StandardCharsets.UTF_8),
                        _ -> Optional.empty());

        assertEquals(0, UserTool.run(streams, "list", "--json", "--config", config.toString()));
    }

    @Test
    void no_password_is_in_a_log_or_in_what_is_said() throws Exception {
        try (var recorded = new Recorded()) {
            run(GOOD + "\n", "add", "ann", "--password-stdin");
            run("bob:" + GOOD + "\n", "import");
            run("cleo:horse\n", "import");

            assertFalse((recorded.text() + out + err).contains("horse"));
        }
        assertNotEquals("", err);
    }

    private void type(String... passwords) {
        typed.clear();
        typed.addAll(Arrays.asList(passwords));
    }

    private int run(String in, String... arguments) {
        return run(in.getBytes(StandardCharsets.UTF_8), arguments);
    }

    private int run(byte[] in, String... arguments) {
        var said = new ByteArrayOutputStream();
        var told = new ByteArrayOutputStream();
        var streams =
                new UserTool.Streams(
                        new ByteArrayInputStream(in),
                        new PrintStream(said, true, StandardCharsets.UTF_8),
                        new PrintStream(told, true, StandardCharsets.UTF_8),
                        _ -> Optional.ofNullable(typed.poll()).map(String::toCharArray));
        var all =
                Stream.concat(Stream.of("--config", config.toString()), Stream.of(arguments))
                        .toArray(String[]::new);
        var code = UserTool.run(streams, all);
        out = said.toString(StandardCharsets.UTF_8);
        err = told.toString(StandardCharsets.UTF_8);
        return code;
    }

    private Optional<Account> find(String name) throws Exception {
        return new SqliteAccounts(Database.prepare(dir.resolve("data")), Clock.systemUTC())
                .find(name);
    }

    private boolean fits(String name, String password) throws Exception {
        var hasher = new Argon2Hasher(new DaemonConfig.Argon2(ByteSize.ofKiB(64), 1, 1));
        return hasher.verify(find(name).orElseThrow().hash(), new Secret(password.toCharArray()));
    }

    private static String mode(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
