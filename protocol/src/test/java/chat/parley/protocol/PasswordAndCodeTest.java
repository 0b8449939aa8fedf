package chat.parley.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.protocol.PasswordAndCode.Kind;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordAndCodeTest {

    @Nested
    class The_end_of_what_was_given {

        @ParameterizedTest
        @CsvSource({
            "secret123456, secret, APP, 123456",
            "secret12345, secret12345, NONE, ''",
            "123456, '', APP, 123456",
            "12345, 12345, NONE, ''",
            "pass654321123456, pass654321, APP, 123456", // a password that ends with digits
            "secret12345-6789a, secret12345-6789a, NONE, ''", // 1, 8 and 9 are not base32
            "secret23456-abcde, secret, RECOVERY, 23456-abcde",
            "secretABCDE-2345z, secret, RECOVERY, abcde-2345z",
            "abcde-23456, '', RECOVERY, abcde-23456",
            "abcde-234567, abcde-, APP, 234567",
            "xabcde23456, xabcde23456, NONE, ''", // the hyphen is part of it
            "secret12345٦, secret12345٦, NONE, ''",
            "secret１２３４５６, secret１２３４５６, NONE, ''",
            "'', '', NONE, ''"
        })
        void says_what_it_is(String given, String password, Kind kind, String code) {
            try (var secret = new Secret(given.toCharArray());
                    var parts = PasswordAndCode.split(secret)) {
                assertEquals(kind, parts.kind());
                assertEquals(password, new String(parts.password().reveal()));
                assertEquals(code, new String(parts.code().reveal()));
                assertEquals(given, new String(secret.reveal()), "what was given is the caller's");
            }
        }
    }

    @Nested
    class Its_parts {

        @Test
        void are_wiped_and_never_shown() {
            try (var secret = new Secret("secret123456".toCharArray())) {
                var parts = PasswordAndCode.split(secret);
                assertEquals("PasswordAndCode[APP]", parts.toString());
                parts.close();
                assertEquals("\0".repeat(6), new String(parts.password().reveal()));
                assertEquals("\0".repeat(6), new String(parts.code().reveal()));
            }
        }

        @Test
        void are_one_when_no_code_is_asked_for() {
            try (var secret = new Secret("secret123456".toCharArray());
                    var parts = PasswordAndCode.withoutCode(secret)) {
                assertEquals(Kind.NONE, parts.kind());
                assertEquals("secret123456", new String(parts.password().reveal()));
            }
        }
    }
}
