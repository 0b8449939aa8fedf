package chat.parley.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.client.link.ServerAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    private static Request parse(String... arguments) throws Problem {
        return Options.parse(arguments, Map.of("USER", "ann"));
    }

    @Nested
    class Talk {

        @Test
        void is_what_happens_without_a_mode() throws Problem {
            var talk = assertInstanceOf(Request.Talk.class, parse("bob@chat.example:7000"));

            assertEquals(new ServerAddress("chat.example", 7000), talk.connection().server());
            assertEquals("bob", talk.connection().account());
        }

        @Test
        void goes_to_this_machine_as_oneself_unless_told_otherwise() throws Problem {
            var talk = assertInstanceOf(Request.Talk.class, parse());

            assertEquals(new ServerAddress("localhost", 6697), talk.connection().server());
            assertEquals("ann", talk.connection().account());
        }

        @Test
        void joins_what_it_is_told_to() throws Problem {
            var talk =
                    assertInstanceOf(
                            Request.Talk.class, parse("h", "--join", "#a,#b", "--join=#c"));

            assertEquals(List.of("#a", "#b", "#c"), talk.join());
        }

        @Test
        void takes_an_address_in_brackets() throws Problem {
            var talk = assertInstanceOf(Request.Talk.class, parse("ann@[::1]:7000"));

            assertEquals(new ServerAddress("::1", 7000), talk.connection().server());
            assertEquals("[::1]:7000", talk.connection().server().toString());
        }
    }

    @Nested
    class Send {

        @Test
        void takes_its_text_or_the_standard_input() throws Problem {
            var text = assertInstanceOf(Request.Send.class, parse("send", "#a", "milk?"));
            var dash = assertInstanceOf(Request.Send.class, parse("send", "#a", "-"));
            var none = assertInstanceOf(Request.Send.class, parse("send", "#a"));

            assertEquals(Optional.of("milk?"), text.text());
            assertEquals(Optional.empty(), dash.text());
            assertEquals(Optional.empty(), none.text());
        }

        @Test
        void takes_a_text_with_a_dash_after_two() throws Problem {
            var send = assertInstanceOf(Request.Send.class, parse("send", "#a", "--", "-v"));

            assertEquals(Optional.of("-v"), send.text());
        }

        @Test
        void takes_the_server_from_the_environment() throws Problem {
            var send =
                    assertInstanceOf(
                            Request.Send.class,
                            Options.parse(
                                    new String[] {"send", "#a", "x"},
                                    Map.of("PARLEY_SERVER", "bob@h:1")));

            assertEquals(new ServerAddress("h", 1), send.connection().server());
            assertEquals("bob", send.connection().account());
        }
    }

    @Nested
    class Tail {

        @Test
        void takes_when_it_is_to_end() throws Problem {
            var tail =
                    assertInstanceOf(
                            Request.Tail.class,
                            parse("tail", "#a", "--json", "--count", "3", "--for", "5m"));

            assertTrue(tail.asJson());
            assertEquals(Optional.of(3L), tail.count());
            assertEquals(Optional.of(Duration.ofMinutes(5)), tail.during());
        }
    }

    @Nested
    class Wrong_use {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "--password hunter2",
                    "-p hunter2",
                    "send",
                    "send #a too many",
                    "send #a x --json",
                    "tail",
                    "tail #a --count 0",
                    "tail #a --count x",
                    "tail #a --for ever",
                    "host:0",
                    "host:99999",
                    "host:",
                    "https://host",
                    "ann@",
                    "a@h --user b",
                    "--unknown",
                    "--ca",
                    "--pin sha256/x",
                    "--json=yes tail #a",
                    "one two",
                    "--join :x"
                })
        void is_an_error_that_says_what(String line) {
            var problem = assertThrows(Problem.class, () -> parse(line.split(" ", -1)));

            assertEquals(ExitCode.WRONG_USE, problem.code());
            assertTrue(!String.valueOf(problem.getMessage()).contains("hunter2"));
        }

        @Test
        void ends_with_2(@TempDir Path home) {
            assertEquals(
                    new Run(2, "", "parley: there is no option --unknown; see --help\n"),
                    Run.of(home, "--unknown"));
        }
    }

    @Nested
    class Help {

        @Test
        void says_every_exit_code_and_every_option(@TempDir Path home) {
            var run = Run.of(home, "--help");

            assertEquals(0, run.code());
            for (var code : ExitCode.values()) {
                assertTrue(run.out().contains(code.number() + "  " + code.meaning()));
            }
            for (var option :
                    List.of(
                            "--server",
                            "--user",
                            "--ca",
                            "--pin",
                            "--password-command",
                            "--password-stdin",
                            "--join",
                            "--no-color",
                            "--json",
                            "--count",
                            "--for",
                            "--help",
                            "--version")) {
                assertTrue(run.out().contains(option), option);
            }
        }

        @Test
        void fits_into_a_hundred_columns_or_so(@TempDir Path home) {
            assertTrue(Run.of(home, "-h").lines().stream().allMatch(line -> line.length() <= 106));
        }
    }
}
