package chat.parley.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.client.ui.Tty;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.talks.TestDaemon;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Passwords from the desktop's keyring, by a `secret-tool` or `security` of our own in a folder of
/// the `PATH`; with a daemon.
@Timeout(120)
class KeyringTest {

    private static final String NEW = "four words without sense";

    /// With all that a command line takes apart, and what is not ASCII.
    private static final String ODD = "\"quoted\" back\\slash and 'päss'";

    @TempDir Path dir;
    @TempDir Path home;
    @TempDir Path bin;
    private TestDaemon daemon;

    @BeforeEach
    void start() {
        daemon = new TestDaemon(dir).account("ann");
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    /// One that keeps a password in a file, and notes what it was called with.
    private void tool() throws IOException {
        tool(
                """
                echo "$@" >> %1$s/log
                env >> %1$s/log
                case $1 in
                  lookup) cat %1$s/kept ;;
                  store) cat > %1$s/kept ;;
                  clear) rm -f %1$s/kept ;;
                esac
                """
                        .formatted(bin));
    }

    private void tool(String script) throws IOException {
        program("secret-tool", script);
    }

    /// macOS's, as far as its manual and those who use it tell: a command of its input is kept in a
    /// file, and what it has is printed in hexadecimal unless it is ASCII.
    private void security() throws IOException {
        program(
                "security",
                """
                echo "$@" >> %1$s/log
                env >> %1$s/log
                case $1 in
                  find-generic-password)
                    [ -e %1$s/kept ] || exit 44
                    case $(/bin/cat %1$s/kept) in
                      *[!\\ -~]*) /usr/bin/od -An -tx1 %1$s/kept | /usr/bin/tr -d ' \\n' ;;
                      *) /bin/cat %1$s/kept ;;
                    esac ;;
                  delete-generic-password) /bin/rm %1$s/kept ;;
                  -i)
                    read -r line
                    echo "${line%% *}" >> %1$s/log
                    printf '%%s\\n' "${line##* }" > %1$s/kept ;;
                esac
                """
                        .formatted(bin));
    }

    private void program(String name, String script) throws IOException {
        var tool = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
    }

    private Run parley(String password, String stdin, String... words) {
        return asking(Optional::empty, password, stdin, words);
    }

    private Run asking(
            Supplier<Optional<Tty>> person, String password, String stdin, String... words) {
        var ca = ((DaemonConfig.Tls.Pem) daemon.config().tls().main()).certificate();
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--ca", ca.toString(), "--server", "ann@localhost:" + daemon.port()));
        return Run.of(
                home,
                Map.of("PARLEY_PASSWORD", password, "PATH", bin.toString()),
                stdin,
                _ -> person.get(),
                all.toArray(String[]::new));
    }

    /// Somebody who has no second factor, then types this, and nothing more.
    private static Supplier<Optional<Tty>> types(String password) {
        var answers = new ArrayDeque<>(List.of("\n", password + "\n"));
        return () ->
                Optional.of(
                        Tty.over(
                                new ByteArrayInputStream(
                                        answers.remove().getBytes(StandardCharsets.UTF_8)),
                                OutputStream.nullOutputStream()));
    }

    private String logged() {
        try {
            return log();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private String log() throws IOException {
        return Files.readString(bin.resolve("log"));
    }

    @Nested
    class A_password_in_the_keyring {

        @Test
        void is_stored_after_a_login_found_kept_in_step_and_removed() throws Exception {
            tool();

            assertEquals(1, parley("wrong", "", "keyring", "store").code());
            assertTrue(Files.notExists(bin.resolve("kept")));

            assertEquals(0, parley("ann-secret", "", "keyring", "store").code());
            assertEquals("ann-secret", Files.readString(bin.resolve("kept")));
            assertEquals(new Run(0, "", ""), parley("", "", "send", "#lobby", "hello"));

            var changed = parley("", "ann-secret\n" + NEW + "\n", "passwd", "--password-stdin");
            assertEquals(0, changed.code(), changed::err);
            assertEquals(NEW, Files.readString(bin.resolve("kept")));
            assertEquals(new Run(0, "", ""), parley("", "", "send", "#lobby", "hello"));

            assertEquals(0, parley("", "", "keyring", "remove").code());
            assertEquals(2, parley("", "", "send", "#lobby", "hello").code());

            assertTrue(
                    log().contains(
                                    "lookup service parley server localhost:"
                                            + daemon.port()
                                            + " account ann"),
                    KeyringTest.this::logged);
            assertFalse(log().contains("secret\n"), KeyringTest.this::logged);
            assertFalse(log().contains(NEW), KeyringTest.this::logged);
        }

        @Test
        void that_is_out_of_date_is_named_by_the_refusal() throws Exception {
            tool();
            Files.writeString(bin.resolve("kept"), "of last year");

            var run = parley("", "", "send", "#lobby", "hello");

            assertEquals(1, run.code());
            assertTrue(
                    run.err()
                            .contains(
                                    "parley keyring remove -s ann@localhost:"
                                            + daemon.port()
                                            + " forgets it"),
                    run::err);
        }

        @Test
        void that_is_out_of_date_is_asked_for_once_where_somebody_is() throws Exception {
            tool();
            Files.writeString(bin.resolve("kept"), "of last year");

            var run = asking(types("ann-secret"), "", "", "send", "#lobby", "hello");

            assertEquals(0, run.code(), run::err);
            assertTrue(run.err().contains("parley keyring remove"), run::err);
        }

        @Test
        void is_not_asked_for_a_second_time() throws Exception {
            tool();
            Files.writeString(bin.resolve("kept"), "of last year");

            var run = asking(types("of the year before"), "", "", "send", "#lobby", "hello");

            assertEquals(1, run.code(), run::err);
        }
    }

    @Nested
    class A_password_in_the_keychain_of_macOS {

        @Test
        void is_stored_by_a_command_on_its_input_found_kept_in_step_and_removed() throws Exception {
            security();

            var stored = parley("ann-secret", "", "keyring", "store");
            assertEquals(0, stored.code(), stored::err);
            assertEquals("base64:YW5uLXNlY3JldA==\n", Files.readString(bin.resolve("kept")));
            assertEquals(new Run(0, "", ""), parley("", "", "send", "#lobby", "hello"));

            var changed = parley("", "ann-secret\n" + ODD + "\n", "passwd", "--password-stdin");
            assertEquals(0, changed.code(), changed::err);
            assertEquals(new Run(0, "", ""), parley("", "", "send", "#lobby", "hello"));

            assertTrue(
                    log().contains(
                                    "find-generic-password -s parley -a ann@localhost:"
                                            + daemon.port()
                                            + " -w\n"),
                    KeyringTest.this::logged);
            assertTrue(
                    log().contains(
                                    "add-generic-password -U -s parley -a \"ann@localhost:"
                                            + daemon.port()
                                            + "\" -l \"Parley: ann@localhost:"
                                            + daemon.port()
                                            + "\" -w\n"),
                    KeyringTest.this::logged);
            assertFalse(log().contains("YW5u"), KeyringTest.this::logged);
            assertFalse(log().contains("ann-secret"), KeyringTest.this::logged);

            assertEquals(0, parley("", "", "keyring", "remove").code());
            assertEquals(2, parley("", "", "send", "#lobby", "hello").code());
        }

        @Test
        void that_was_put_there_by_hand_is_found() throws Exception {
            security();
            Files.writeString(bin.resolve("kept"), "ann-secret\n");

            assertEquals(new Run(0, "", ""), parley("", "", "send", "#lobby", "hello"));
        }

        /// Its exit code does not say so.
        @Test
        void that_was_not_kept_is_told() throws Exception {
            program("security", "exit 0\n");

            var run = parley("ann-secret", "", "keyring", "store");

            assertEquals(1, run.code());
            assertTrue(run.err().contains("security did not keep it"), run::err);
        }

        @Test
        void is_not_asked_for_where_secret_tool_is() throws Exception {
            tool();
            security();

            assertEquals(0, parley("ann-secret", "", "keyring", "store").code());
            assertEquals("ann-secret", Files.readString(bin.resolve("kept")));
        }
    }

    @Nested
    class Without_a_keyring {

        @Test
        void storing_is_refused_and_says_what_to_install() {
            var run = parley("ann-secret", "", "keyring", "store");

            assertEquals(1, run.code());
            assertTrue(run.err().contains("libsecret-tools"), run::err);
        }

        @Test
        void that_works_somebody_is_asked() throws Exception {
            tool("exit 1\n");

            assertEquals(2, parley("", "", "send", "#lobby", "hello").code());
        }
    }
}
