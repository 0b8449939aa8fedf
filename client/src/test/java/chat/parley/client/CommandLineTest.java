package chat.parley.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.client.arguments.Mode;
import chat.parley.client.arguments.Option;
import chat.parley.client.link.ServerAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    private static Request parse(String... arguments) throws Problem {
        return CommandLine.read(List.of(arguments), Map.of("USER", "ann"));
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
            assertInstanceOf(Request.FirstRun.class, parse());
            var talk = assertInstanceOf(Request.Talk.class, parse("-j", "#tea"));

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
                            CommandLine.read(
                                    List.of("send", "#a", "x"),
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
                    "send #a x --file y",
                    "send #a x --once a/b",
                    "send #a x --timeout soon",
                    "tail",
                    "tail #a --since 25:00",
                    "history",
                    "history #a #b",
                    "history #a --limit 0",
                    "search",
                    "search x --limit 101",
                    "search x --since msgid=1-a",
                    "who",
                    "tail #a --count 0",
                    "tail #a --count x",
                    "tail #a --for ever",
                    "tail #a --for 999999d",
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
                    "--join :x",
                    "--ca a --pin sha256/x",
                    "--password-stdin --password-command x",
                    "passwd now",
                    "sessions end",
                    "sessions start 1",
                    "totp maybe",
                    "--ca="
                })
        void is_an_error_that_says_what(String line) {
            var problem = assertThrows(Problem.class, () -> parse(line.split(" ", -1)));

            assertEquals(ExitCode.WRONG_USE, problem.code());
            assertTrue(!String.valueOf(problem.getMessage()).contains("hunter2"));
        }

        /// An option has one meaning: it is looked up before anybody knows the mode.
        @Test
        void cannot_come_of_two_options_with_one_name() {
            var known = new HashMap<String, Option<?>>();
            var program = CommandLine.PROGRAM;
            Stream.concat(Stream.of(program.main()), program.modes().stream())
                    .flatMap(Mode::options)
                    .forEach(option -> {
                        for (var name : option.names()) {
                            assertEquals(option, known.computeIfAbsent(name, _ -> option));
                        }
                    });
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
        void says_every_exit_code_every_mode_and_what_all_of_them_take(@TempDir Path home) {
            var run = Run.of(home, "--help");

            assertEquals(0, run.code());
            for (var code : ExitCode.values()) {
                assertTrue(run.out().contains(code.number() + "  " + code.meaning()));
            }
            for (var mode : CommandLine.PROGRAM.modes()) {
                assertTrue(run.out().contains(mode.usage("parley")), mode::name);
            }
            for (var option : CommandLine.PROGRAM.main().options().toList()) {
                assertTrue(run.out().contains(option.head()), option::name);
            }
        }

        @Test
        void of_a_mode_says_all_its_options_wherever_it_is_asked_for(@TempDir Path home) {
            for (var mode : CommandLine.PROGRAM.modes()) {
                var run = Run.of(home, mode.name(), "--help");

                assertEquals(0, run.code());
                for (var option : mode.options().toList()) {
                    assertTrue(run.out().contains(option.name()), option::name);
                }
                assertEquals(run, Run.of(home, "-h", mode.name()));
                assertEquals(run, Run.of(home, "help", mode.name()));
            }
        }

        @Test
        void fits_into_a_hundred_columns_or_so(@TempDir Path home) {
            assertTrue(Run.of(home, "-h").lines().stream().allMatch(line -> line.length() <= 100));
        }
    }
}
