package chat.parley.daemon.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.auth.PasswordRule.Beside;
import chat.parley.protocol.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRuleTest {

    private final PasswordRule rule =
            new PasswordRule(List.of("ParleyNetwork", "chat.example.org"));

    @Nested
    class A_good_one {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "correct horse battery",
                    "grüße an alle 🫖 hier",
                    "111111111112222",
                    "the password of ann is long",
                    "4821-9915-2231-0770-4",
                    "mxqvt-8rw2k-cp3hz-7ndya",
                    "parley is what we talk with",
                    "пароль без всякого смысла"
                })
        void is_long_whatever_is_in_it(String password) {
            assertEquals("", objection(password));
        }

        @Test
        void may_be_shorter_beside_a_second_factor() {
            assertEquals("", objection("hgv29xtq", Beside.SECOND_FACTOR));
            assertEquals(
                    "a password has at least 8 characters",
                    start(objection("hgv29xt", Beside.SECOND_FACTOR)));
            assertEquals(
                    "a password has at least 15 characters",
                    start(objection("fourteenchars!", Beside.NOTHING)));
        }

        @Test
        void is_counted_as_a_person_counts() {
            var random = new Random(15);
            var emoji = new StringBuilder();
            while (emoji.codePointCount(0, emoji.length()) < 14) {
                emoji.appendCodePoint(0x1F400 + random.nextInt(60));
            }
            assertTrue(objection(emoji.toString()).contains("at least 15"));
            assertEquals("", objection(emoji + "x"));
        }

        @Test
        void has_at_most_256_characters() {
            assertEquals("", objection(random(64)));
            assertEquals("", objection(random(256)));
            assertEquals(
                    "a password has at most 256 characters: take a shorter one",
                    objection(random(257)));
        }

        private static String random(int length) {
            var random = new Random(256);
            var text = new StringBuilder();
            random.ints(length, 'a', 'z' + 1).forEach(text::appendCodePoint);
            return text.toString();
        }
    }

    @Nested
    class A_common_one {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "passwordpassword",
                    "Password12345678",
                    "P@ssw0rd!!!!!!!!",
                    "p4ssw0rd-20260101",
                    "12345678iloveyou",
                    "ILoveYou-ILoveYou",
                    "123456789012345678",
                    "qwertyuiopasdfghjkl",
                    "abcdefghijklmnopqrst",
                    "1qaz2wsx3edc4rfv5tgb",
                    "aaaaaaaaaaaaaaaaaaaa",
                    "121212121212121212",
                    "Manchester United 1999",
                    "trustno1trustno1",
                    "letmeinletmeinletme"
                })
        void is_refused_whatever_was_made_of_it(String password) {
            assertTrue(!objection(password).isEmpty(), password);
        }

        @Test
        void is_refused_with_the_reason_and_the_next_step_in_one_sentence() {
            assertEquals(
                    "this is among the passwords that are guessed first: take three or four words"
                            + " that do not belong together",
                    objection("password1234567"));
        }

        @Test
        void is_one_of_several_thousand_and_of_what_the_admin_adds(@TempDir Path dir)
                throws Exception {
            assertTrue(CommonPasswords.ours().size() > 4_000);
            var file = Files.writeString(dir.resolve("more"), "Zuckerwattemaschine\n\nfoo\n");
            var more = new PasswordRule(CommonPasswords.ours().and(file), List.of());
            assertTrue(
                    more.objection("x", Beside.NOTHING, secret("zuckerwatte-maschine-1"))
                            .isPresent());
            assertEquals("", objection("zuckerwatte-maschine-1"));
        }

        /// ASVS 5.0, 6.2.4: at least the top 3,000 that the length allows.
        @Test
        void stands_in_the_list_with_over_three_thousand_of_eight_characters() {
            var common = CommonPasswords.ours();
            var years = List.of("", "1", "12", "123", "1234", "2024", "2025", "2026");
            var refused =
                    List.of("sunshine", "dragon", "monkey", "football", "princess").stream()
                            .flatMap(word -> years.stream().map(word::concat))
                            .filter(word -> common.contain(secret(word)))
                            .count();
            assertEquals(40, refused);
        }
    }

    @Nested
    class A_name {

        @Test
        void of_the_account_is_refused_with_digits_and_repeated() {
            for (var password :
                    List.of(
                            "bartholomew_of_oz",
                            "BARTHOLOMEW-of-oz",
                            "bartholomew_of_oz2026",
                            "bartholomew_of_ozbartholomew_of_oz",
                            "2026bartholomew_of_oz!")) {
                assertEquals(
                        "the account's own name is no password, whatever is added to it",
                        start(objection(password)),
                        password);
            }
            assertEquals("", objection("bartholomew_of_oz talks"));
        }

        @Test
        void of_the_network_or_the_server_too() {
            for (var password :
                    List.of(
                            "parleynetwork2026",
                            "ParleyNetworkParleyNetwork",
                            "chat.example.org1")) {
                assertEquals(
                        "the network's own name is no password, whatever is added to it",
                        start(objection(password)),
                        password);
            }
        }
    }

    @Nested
    class What_none_may_hold {

        @Test
        void is_told_as_such() {
            assertEquals(
                    "a password cannot hold invisible or unassigned characters: leave them out",
                    objection("a very long \u200b password"));
            assertTrue(objection("").startsWith("a password has at least 15"));
        }
    }

    @Test
    void the_callers_own_is_left_alone() {
        var password = secret("Password12345678");
        rule.objection("ann", Beside.NOTHING, password);
        assertTrue(password.isSameAs(secret("Password12345678")));
    }

    private static String start(String objection) {
        return objection.substring(0, Math.max(0, objection.indexOf(": take")));
    }

    private String objection(String password) {
        return objection(password, Beside.NOTHING);
    }

    private String objection(String password, Beside beside) {
        return rule.objection("bartholomew_of_oz", beside, secret(password)).orElse("");
    }

    private static Secret secret(String text) {
        return new Secret(text.toCharArray());
    }
}
