package chat.parley.daemon.talks;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.daemon.auth.Argon2Hasher;
import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.store.Account.Role;
import chat.parley.daemon.store.AccountStore;
import chat.parley.protocol.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Passwords that need more than one AUTHENTICATE, which those of talks do not (IRCv3 sasl-3.1: 400
/// bytes each, and `+` after a full last one).
class SaslPiecesTest {

    private static final int PIECE = 400;

    @ParameterizedTest
    @ValueSource(
            ints = {295, 592, 595}) // with NUL ann NUL: one full piece, two and a part, two full
    void of_a_long_password_open_the_account(int length, @TempDir Path dir)
            throws ConfigProblem, IOException {
        var password = "p".repeat(length);
        try (var daemon = new TestDaemon(dir);
                var wire = daemon.connect();
                var secret = new Secret(password.toCharArray())) {
            var hash = new Argon2Hasher(daemon.config().auth().argon2()).hash(secret);
            daemon.accounts().add(List.of(new AccountStore.Newcomer("ann", hash, Role.MEMBER)));
            wire.send("AUTHENTICATE PLAIN");
            wire.expect("AUTHENTICATE +");
            var answer = Base64.getEncoder().encodeToString(("\0ann\0" + password).getBytes(UTF_8));
            for (var from = 0; from < answer.length(); from += PIECE) {
                wire.send(
                        "AUTHENTICATE "
                                + answer.substring(from, Math.min(from + PIECE, answer.length())));
            }
            if (answer.length() % PIECE == 0) {
                wire.send("AUTHENTICATE +");
            }
            wire.expectNext(":parley.example 900 * *!*@* ann …");
            wire.expectNext(":parley.example 903 * …");
        }
    }
}
