package chat.parley.daemon.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.daemon.admin.DevelopmentCertificate;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.tls.TestAuthority.Wish;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is shown to whom over real TLS: `TlsPolicyTest`.
class KeyChooserTest {

    private static final TestAuthority AUTHORITY = TestAuthority.root("Root");

    @TempDir Path dir;

    /// Those that may be shown, by their kind and first name.
    private List<String> candidates(Optional<String> asked, Wish... wishes) throws Exception {
        var files = new ArrayList<DaemonConfig.Tls.Files>();
        for (var wish : wishes) {
            files.add(AUTHORITY.issue(wish).write(dir, "c" + files.size()));
        }
        var main = files.removeFirst();
        var tls = ServerTls.of(new DaemonConfig.Tls(main, files, Optional.empty()));
        return KeyChooser.candidates(tls.keys(), asked).stream()
                .map(key -> key.kind() + " " + key.names().dns().getFirst())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "chat.example, chat.example",
        "other.example, other.example",
        "OTHER.Example, other.example",
        "any.stars.example, *.stars.example",
        "plain.stars.example, plain.stars.example",
        "two.labels.stars.example, chat.example",
        "stars.example, chat.example",
        "nobody.example, chat.example",
        "127.0.0.1, chat.example",
        "'', chat.example",
        "'*.stars.example', *.stars.example"
    })
    void a_name_that_is_asked_for_decides(String asked, String shown) throws Exception {
        assertEquals(
                List.of("ECDSA P-256 " + shown),
                candidates(
                        Optional.of(asked),
                        Wish.server("chat.example"),
                        Wish.server("other.example", "more.example"),
                        Wish.server("*.stars.example"),
                        Wish.server("plain.stars.example")));
    }

    @Test
    void whoever_asks_for_no_name_is_shown_the_first() throws Exception {
        assertEquals(
                List.of("ECDSA P-256 chat.example"),
                candidates(
                        Optional.empty(),
                        Wish.server("chat.example"),
                        Wish.server("other.example")));
    }

    @Test
    void of_several_for_one_name_each_may_be_shown_in_the_order_of_the_admin() throws Exception {
        for (var asked : List.of(Optional.<String>empty(), Optional.of("chat.example"))) {
            assertEquals(
                    List.of("RSA 2048 chat.example", "ECDSA P-256 chat.example"),
                    candidates(
                            asked,
                            Wish.server("chat.example").ofKind("RSA 2048"),
                            Wish.server("other.example"),
                            Wish.server("chat.example")));
        }
    }

    @Test
    void a_first_certificate_with_only_a_star_stands_for_whoever_asks_for_nothing()
            throws Exception {
        assertEquals(
                List.of("ECDSA P-256 *.example"),
                candidates(Optional.empty(), Wish.server("*.example"), Wish.server("a.example")));
    }

    @Test
    void a_first_certificate_without_names_is_shown_to_whoever_asks_for_nobodys() throws Exception {
        var nameless = TestKeys.write(dir, DevelopmentCertificate.of(List.of("127.0.0.1"), 1));
        var other = AUTHORITY.issue(Wish.server("other.example")).write(dir, "other");
        var tls = ServerTls.of(new DaemonConfig.Tls(nameless, List.of(other), Optional.empty()));

        assertEquals(
                List.of(tls.keys().getFirst()),
                KeyChooser.candidates(tls.keys(), Optional.of("nobody.example")));
    }

    @Test
    void a_name_that_is_no_text_is_a_name_that_nobody_has() throws Exception {
        assertEquals(
                1,
                candidates(
                                Optional.of("\u00ff\u0000.example".toUpperCase(Locale.ROOT)),
                                Wish.server("chat.example"),
                                Wish.server("other.example"))
                        .size());
    }
}
