package chat.parley.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.client.ui.Tty;
import chat.parley.daemon.auth.AuthenticatorApp;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.store.Account.Role;
import chat.parley.daemon.talks.TestDaemon;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The client with a second factor, against a daemon; somebody types what an app shows.
@Timeout(60)
class TotpTest {

    private static final Pattern KEY = Pattern.compile("key   ([A-Z2-7 ]+)");

    @TempDir Path dir;
    @TempDir Path home;
    private TestDaemon daemon;
    private String key = "";

    @BeforeEach
    void start() {
        daemon = new TestDaemon(dir).account("ann");
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    @Test
    void turns_it_on_logs_in_with_it_and_makes_new_codes() {
        assertEquals("parley: TOTP is off\n", parley(TotpTest::nobody, "totp").err());

        var on = parley(this::typesCode, "totp", "enable");
        assertEquals(0, on.code(), on.err());
        assertTrue(on.out().startsWith("uri   otpauth://totp/Example:ann?secret="), on.out());
        assertEquals(10, on.lines().stream().filter(line -> line.startsWith("code  ")).count());
        var recovery = on.lines().getLast().substring("code  ".length());

        var refused = parley(TotpTest::nobody, "send", "#lobby", "hello");
        assertEquals(1, refused.code());
        assertTrue(refused.err().contains("refused the login"), refused.err());

        later();
        assertEquals(new Run(0, "", ""), parley(this::typesCode, "send", "#lobby", "hello"));
        later();
        assertEquals(
                new Run(0, "", ""), parley(this::typesCode, "send", "#lobby", "hello", "--totp"));
        assertEquals(
                new Run(0, "", ""), parley(_ -> types(recovery), "send", "#lobby", "hi", "--totp"));

        later();
        var codes = parley(this::typesCodeAndLater, "totp", "codes", "--totp");
        assertEquals(0, codes.code(), codes.err());
        assertEquals(10, codes.lines().size(), codes.out());
        assertFalse(codes.out().contains(recovery));

        later();
        var off = parley(this::typesCodeAndLater, "totp", "disable", "--totp");
        assertEquals(1, off.code());
        assertTrue(off.err().contains("too short"), off.err());
    }

    @Test
    void a_password_is_changed_with_a_code_for_the_login_and_another_for_the_change() {
        assertEquals(0, parley(this::typesCode, "totp", "enable").code());
        later();
        var asked = new AtomicInteger();

        var changed =
                parley(
                        printed ->
                                switch (asked.incrementAndGet()) {
                                    case 1 -> typesCodeAndLater(printed);
                                    case 2 ->
                                            types(
                                                    "four words without sense\nfour words without sense");
                                    default -> typesCode(printed);
                                },
                        "passwd",
                        "--totp");

        assertEquals(0, changed.code(), changed.err());
        assertTrue(changed.err().contains("you have a new password"), changed.err());
        later();
        var old = parley(this::typesCode, "send", "#lobby", "hello", "--totp");
        assertEquals(1, old.code());
    }

    @Test
    void a_role_that_needs_it_opens_nothing_before_it_is_on(@TempDir Path other) {
        daemon.close();
        daemon =
                new TestDaemon(other, "parley.auth.totp.required-for = [operator]")
                        .account("ann", Role.OPERATOR);

        var refused = parley(TotpTest::nobody, "send", "#lobby", "hello");
        assertEquals(1, refused.code());
        assertTrue(
                refused.err()
                        .endsWith("needs a second factor, and has none yet: parley totp enable\n"),
                refused.err());
        assertEquals(1, parley(TotpTest::nobody, "tail", "#lobby", "-n", "1").code());
        assertEquals(1, parley(TotpTest::nobody).code());

        var on = parley(this::typesCode, "totp", "enable");
        assertEquals(0, on.code(), on.err());
        later();
        assertEquals(new Run(0, "", ""), parley(this::typesCode, "send", "#lobby", "hello"));
        later();
        var off = parley(this::typesCodeAndLater, "totp", "disable", "--totp");
        assertEquals(1, off.code());
        assertTrue(off.err().contains("Your role needs a second factor"), off.err());
    }

    private static Optional<Tty> nobody(String printed) {
        return Optional.empty();
    }

    /// By the key that is on the screen now, or was last.
    private Optional<Tty> typesCode(String printed) {
        var found = KEY.matcher(printed);
        if (found.find()) {
            key = found.group(1).replace(" ", "");
        }
        return types(AuthenticatorApp.code(key, daemon.clock()));
    }

    /// The next time the app shows another.
    private Optional<Tty> typesCodeAndLater(String printed) {
        var typist = typesCode(printed);
        later();
        return typist;
    }

    private void later() {
        daemon.clock().later(Duration.ofSeconds(30));
    }

    private static Optional<Tty> types(String code) {
        var typed = (code + "\n").getBytes(StandardCharsets.UTF_8);
        return Optional.of(
                Tty.over(new ByteArrayInputStream(typed), OutputStream.nullOutputStream()));
    }

    private Run parley(Function<String, Optional<Tty>> person, String... words) {
        var ca = ((DaemonConfig.Tls.Pem) daemon.config().tls().main()).certificate().toString();
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--ca", ca, "--server", "ann@localhost:" + daemon.port()));
        return Run.of(
                home,
                Map.of("PARLEY_PASSWORD", TestDaemon.passwordOf("ann")),
                "",
                person,
                all.toArray(String[]::new));
    }
}
