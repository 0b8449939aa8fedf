package chat.parley.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordPairTest {

    @Test
    void a_line_of_it_is_taken_apart_as_it_was_put_together() {
        var old = new Secret("öld words".toCharArray());
        var wanted = new Secret(":new :words".toCharArray());
        assertEquals(
                "PASSWD öld words ::new :words\r\n",
                new String(PasswordPair.line(Optional.of(old), wanted), StandardCharsets.UTF_8));
        assertEquals(
                "PASSWD ::new :words\r\n",
                new String(PasswordPair.line(Optional.empty(), wanted), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "old :new,old|new",
                "old new,old|new",
                "old :new words,old|new words",
                "old words :new words,old words|new words",
                "old new words,old|new words",
                "old :new :more,old|new :more",
                "old ::new,old|:new",
                "old,-",
                "old ,-",
                "old :,-",
                ":old new,-",
                " new,-",
                "\"\",-"
            })
    void what_stands_before_the_colon_is_the_old_one(String params, String expected) {
        var secret = new Secret(params.toCharArray());
        var pair = PasswordPair.of(secret);
        assertEquals(
                expected,
                pair.map(p -> new String(p.old().reveal()) + "|" + new String(p.wanted().reveal()))
                        .orElse("-"));
        assertTrue(secret.isSameAs(new Secret(new char[params.length()])), "wiped");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "new,new",
                ":new,new",
                "new words,new words",
                ":new words :more,new words :more",
                "old :new words,new words",
                "\"\",\"\"",
                ":,\"\""
            })
    void alone_all_of_it_is_the_new_one(String params, String expected) {
        var secret = new Secret(params.toCharArray());
        assertEquals(expected, new String(PasswordPair.wantedIn(secret).reveal()));
        assertTrue(secret.isSameAs(new Secret(new char[params.length()])), "wiped");
    }
}
