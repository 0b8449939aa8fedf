package chat.parley.daemon.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.store.Database;
import chat.parley.daemon.store.SqliteAccounts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `parley-user` where there is an `auth.pepper-file`, and where it is gone.
@Timeout(60)
class UserPepperTest {

    private static final String GOOD = "correct horse battery";

    @TempDir Path dir;
    private String err = "";

    @BeforeEach
    void annHasAPepperedPassword() throws Exception {
        Files.write(dir.resolve("pepper"), new byte[32]);
        mode("rw-------");
        configure("pepper-file = pepper");
        assertEquals(0, run(GOOD, "add", "ann", "--password-stdin"));
        assertTrue(hash("ann").startsWith("pepper$66687aad$argon2id$"), hash("ann"));
    }

    @Test
    void nobody_is_added_without_it() throws Exception {
        configure("");
        assertEquals(3, run(GOOD, "add", "bob", "--password-stdin"));
        assertTrue(err.contains("pepper 66687aad, and none is configured: those of ann"), err);
        assertEquals(3, run("", "invite", "bob"));
        assertEquals(3, run("bob:" + GOOD, "import"));
        assertEquals(1, run("", "show", "bob"));

        configure("pepper-file = pepper");
        assertEquals(0, run(GOOD, "add", "bob", "--password-stdin"));
    }

    @Test
    void a_new_password_is_the_way_out_when_it_is_lost() throws Exception {
        configure("");
        assertEquals(0, run(GOOD, "passwd", "ann", "--password-stdin"));
        assertTrue(hash("ann").startsWith("$argon2id$"));
        assertEquals(0, run(GOOD, "add", "bob", "--password-stdin"));
    }

    @Test
    void one_that_others_can_read_is_refused() throws Exception {
        mode("rw-r-----");
        assertEquals(3, run(GOOD, "passwd", "ann", "--password-stdin"));
        assertTrue(err.contains("hint: chmod 600 " + dir.resolve("pepper")), err);
    }

    private void configure(String pepper) throws Exception {
        Files.writeString(
                dir.resolve("parley.conf"),
                """
                parley { data-dir = data
                  auth { argon2 { memory = 64 KiB, passes = 1 }, threads = 2
                    %s } }
                """
                        .formatted(pepper));
    }

    private void mode(String mode) throws Exception {
        Files.setPosixFilePermissions(dir.resolve("pepper"), PosixFilePermissions.fromString(mode));
    }

    private String hash(String account) throws Exception {
        return new SqliteAccounts(Database.prepare(dir.resolve("data")), Clock.systemUTC())
                .find(account)
                .orElseThrow()
                .hash();
    }

    private int run(String in, String command, String... arguments) {
        var told = new ByteArrayOutputStream();
        var line = new String[arguments.length + 3];
        line[0] = command;
        line[1] = "--config";
        line[2] = dir.resolve("parley.conf").toString();
        System.arraycopy(arguments, 0, line, 3, arguments.length);
        var code =
                UserTool.run(
                        new UserTool.Streams(
                                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                                new PrintStream(new ByteArrayOutputStream()),
                                new PrintStream(told, true, StandardCharsets.UTF_8),
                                _ -> Optional.empty()),
                        line);
        err = told.toString(StandardCharsets.UTF_8);
        return code;
    }
}
