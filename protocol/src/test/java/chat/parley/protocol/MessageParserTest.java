package chat.parley.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageParserTest {

    private static Message parsed(String line) {
        return assertInstanceOf(Parsed.Good.class, MessageParser.parse(line)).message();
    }

    private static Map<String, String> tags(String section) {
        return parsed("@" + section + " PING").tags();
    }

    @Nested
    class A_message {

        @Test
        void has_tags_source_command_and_parameters() {
            var message = parsed("@a=1;+b :ann!ann@host privmsg #tea :milk? :)");

            assertEquals(Map.of("a", "1", "+b", ""), message.tags());
            assertEquals("ann!ann@host", message.source());
            assertEquals("PRIVMSG", message.command());
            assertEquals(List.of("#tea", "milk? :)"), message.params());
        }

        @Test
        void may_have_more_spaces_than_it_needs() {
            assertEquals(
                    parsed("@a :me PRIVMSG #tea :milk?"),
                    parsed("  @a   :me   PRIVMSG   #tea   :milk?"));
        }

        @Test
        void has_no_empty_parameter_at_its_end_for_a_space_there() {
            assertEquals(List.of("#tea"), parsed("JOIN #tea  ").params());
        }

        @Test
        void keeps_every_space_of_its_last_parameter() {
            assertEquals(List.of("#tea", "  a  b  "), parsed("PRIVMSG #tea :  a  b  ").params());
        }

        @Test
        void may_have_an_empty_last_parameter() {
            assertEquals(List.of("#tea", ""), parsed("TOPIC #tea :").params());
        }

        @Test
        void without_a_name_behind_its_colon_has_no_source() {
            assertNull(parsed(": PING a").source());
        }
    }

    @Nested
    class Say {

        @Test
        void takes_the_rest_of_the_line_as_it_is() {
            assertEquals(List.of("plainly :) spoken"), parsed("SAY plainly :) spoken").params());
        }

        @Test
        void may_have_the_colon_of_a_last_parameter() {
            assertEquals(List.of("hi  there"), parsed("say :hi  there").params());
        }

        @Test
        void says_nothing_when_there_is_nothing() {
            assertEquals(List.of(), parsed("SAY").params());
            assertEquals(List.of(), parsed("SAY :").params());
        }
    }

    @Nested
    class Tags {

        @Test
        void are_unescaped() {
            assertEquals(Map.of("a", "; \r\n\\x"), tags("a=\\:\\s\\r\\n\\\\\\x"));
        }

        @Test
        void drop_a_lone_backslash_at_the_end() {
            assertEquals(Map.of("a", "b"), tags("a=b\\"));
        }

        @Test
        void count_once_by_their_last_value() {
            assertEquals(Map.of("a", "2"), tags("a=1;a=2"));
        }

        @Test
        void that_are_not_well_formed_are_passed_over() {
            assertEquals(
                    Map.of("ok", "", "+vendor.example/x-y", "1"),
                    tags(";=v;ä=1;a,b;+;ok;++c;+vendor.example/x-y=1;;"));
        }

        @Test
        void may_have_equals_signs_in_their_values() {
            assertEquals(Map.of("a", "b=c"), tags("a=b=c"));
        }
    }

    @Nested
    class A_command_that_nobody_knows {

        @ParameterizedTest
        @ValueSource(strings = {"NO_SUCH", "PRIV-MSG", "{|}~"})
        void is_still_a_message_so_that_it_can_be_answered(String command) {
            assertEquals(
                    new Parsed.Good(Message.of(command, "x")), MessageParser.parse(command + " x"));
        }
    }

    @Nested
    class What_is_no_message {

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "     "})
        void because_it_is_empty(String line) {
            assertEquals(Parsed.Fault.EMPTY, MessageParser.parse(line));
        }

        @ParameterizedTest
        @ValueSource(strings = {"@a", "@a ", ":me", "@a :me ", ":", "@"})
        void because_it_has_no_command(String line) {
            assertEquals(Parsed.Fault.NO_COMMAND, MessageParser.parse(line));
        }

        @ParameterizedTest
        @ValueSource(strings = {"ÄTHER", "PING\tx", "@a @b", "@a :b :c", "пинг", "\u007f"})
        void because_its_command_is_no_word(String line) {
            assertEquals(Parsed.Fault.BAD_COMMAND, MessageParser.parse(line));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "PRIVMSG #tea :a\rb",
                    "PRIVMSG #tea\r :a",
                    "@a=\r PING",
                    ":a\rb PING",
                    "PING\0",
                    "\rPING",
                    "PING\nPONG"
                })
        void because_it_would_be_more_than_one_line(String line) {
            assertEquals(Parsed.Fault.FORBIDDEN_CHARACTER, MessageParser.parse(line));
        }
    }
}
