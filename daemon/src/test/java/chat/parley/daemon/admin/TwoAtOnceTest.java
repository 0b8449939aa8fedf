package chat.parley.daemon.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.store.Account;
import chat.parley.daemon.store.Database;
import chat.parley.daemon.store.SqliteAccounts;
import chat.parley.daemon.talks.TestDaemon;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Several `parley-user` at once, each a process of its own, beside a daemon that runs.
@Timeout(120)
class TwoAtOnceTest {

    @TempDir Path dir;

    @Test
    void each_says_truly_what_it_did_and_nothing_is_lost_or_done_twice() throws Exception {
        try (var daemon = new TestDaemon(dir).account("zoe")) {
            var same = List.of(add(daemon, "annabella"), add(daemon, "annabella"));
            var bob = add(daemon, "barnabas");
            var cleo = add(daemon, "cleopatra");
            var disable = start(daemon, "disable", "zoe");
            var delete = start(daemon, "delete", "zoe");

            assertEquals(
                    List.of(0, 1), Stream.of(end(same.get(0)), end(same.get(1))).sorted().toList());
            assertEquals(0, end(bob));
            assertEquals(0, end(cleo));
            assertEquals(0, end(delete));
            assertTrue(List.of(0, 1).contains(end(disable)), "done, or there was none any more");

            assertEquals(List.of("annabella", "barnabas", "cleopatra"), names(daemon));
            assertEquals("ok", integrity(daemon));
            assertEquals(0, Tools.parleyd(daemon.conf(), "audit", "verify").code());
            try (var ann = daemon.login("annabella");
                    var cleos = daemon.login("cleopatra")) {
                ann.settle();
                cleos.settle();
            }
        }
    }

    private static Process add(TestDaemon daemon, String name) throws IOException {
        var process = start(daemon, "add", name, "--password-stdin");
        try (var in = process.getOutputStream()) {
            in.write((TestDaemon.passwordOf(name) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return process;
    }

    private static Process start(TestDaemon daemon, String... arguments) throws IOException {
        var line =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xmx128m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                UserTool.class.getName(),
                                "--config",
                                daemon.conf().toString()));
        line.addAll(List.of(arguments));
        return new ProcessBuilder(line).redirectErrorStream(true).start();
    }

    /// @return the exit code, which fits what was said
    private static int end(Process process) throws Exception {
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            var said = String.join("\n", out.lines().toList());
            var code = process.waitFor();
            assertEquals(said.contains("there is "), code == 1, said + " " + code);
            return code;
        }
    }

    private static List<String> names(TestDaemon daemon) throws Exception {
        return new SqliteAccounts(Database.prepare(daemon.config().dataDir()), Clock.systemUTC())
                .list().stream().map(Account::name).toList();
    }

    private static String integrity(TestDaemon daemon) throws Exception {
        var file = daemon.config().dataDir().resolve("parley.db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("PRAGMA integrity_check")) {
            return rows.getString(1);
        }
    }
}
