package chat.parley.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {

    /// `account|password`; what was given is wiped, whatever came of it.
    private static Optional<String> taken(
            String params, Function<Secret, Optional<Credentials>> take) {
        var secret = new Secret(params.toCharArray());
        var taken = take.apply(secret);
        assertEquals("\0".repeat(params.length()), new String(secret.reveal()));
        return taken.map(c -> c.account() + "|" + new String(c.password().reveal()));
    }

    private static Optional<String> pass(String params) {
        return taken(params, Credentials::ofPass);
    }

    private static Optional<String> login(String params) {
        return taken(params, Credentials::ofLogin);
    }

    @Nested
    class Of_PASS {

        @ParameterizedTest
        @CsvSource(
                delimiter = '→',
                ignoreLeadingAndTrailingWhitespace = false,
                value = {
                    "ann:milk→ann|milk",
                    ":ann:milk→ann|milk",
                    "ann:a:b→ann|a:b",
                    "ann::→ann|:",
                    ":ann:a b :c→ann|a b :c",
                    "ann: →ann| "
                })
        void have_all_behind_the_first_colon_as_the_password(String params, String expected) {
            assertEquals(Optional.of(expected), pass(params));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", ":", "::", "ann", "ann:", ":ann", ":ann:", ":x"})
        void are_none_without_account_or_password(String params) {
            assertEquals(Optional.empty(), pass(params));
        }
    }

    @Nested
    class Of_LOGIN {

        @ParameterizedTest
        @CsvSource(
                delimiter = '→',
                ignoreLeadingAndTrailingWhitespace = false,
                value = {
                    "ann milk→ann|milk",
                    "ann   milk→ann|milk",
                    "ann :milk→ann|milk",
                    "ann :a b→ann|a b",
                    "ann a b  c→ann|a b  c",
                    "ann ::milk→ann|:milk",
                    "ann a:b→ann|a:b",
                    "ann milk →ann|milk "
                })
        void have_the_rest_of_the_line_as_the_password(String params, String expected) {
            assertEquals(Optional.of(expected), login(params));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "ann", "ann ", "ann    ", "ann :", " milk"})
        void are_none_without_account_or_password(String params) {
            assertEquals(Optional.empty(), login(params));
        }
    }

    @Test
    void do_not_print_the_password() {
        var credentials = new Credentials("ann", new Secret("milk".toCharArray()));

        assertFalse(credentials.toString().contains("milk"));
        assertFalse(credentials.password().toString().contains("milk"));
    }
}
