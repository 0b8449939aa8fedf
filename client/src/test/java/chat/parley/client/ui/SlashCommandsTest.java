package chat.parley.client.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.client.model.Act;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SlashCommandsTest {

    @Nested
    class A_line {

        @Test
        void without_a_slash_is_said() {
            assertEquals(new Act.Say("milk?"), SlashCommands.meaning("milk?"));
            assertEquals(new Act.Say("  1/2 "), SlashCommands.meaning("  1/2 "));
        }

        @Test
        void with_two_slashes_says_one() {
            assertEquals(new Act.Say("/etc/motd"), SlashCommands.meaning("//etc/motd"));
        }

        @Test
        void with_an_unknown_command_is_answered_and_never_said() {
            assertEquals(
                    new Act.Answer(
                            List.of(
                                    "there is no /passwort; /help lists what there is,"
                                            + " //passwort says it as text")),
                    SlashCommands.meaning("/passwort geheim"));
        }
    }

    @Nested
    class A_command {

        @Test
        void takes_its_words() {
            assertEquals(new Act.Join("#tea", ""), SlashCommands.meaning("/join #tea"));
            assertEquals(new Act.Join("#tea", "key"), SlashCommands.meaning("/J #tea key"));
            assertEquals(
                    new Act.SayTo("bob", "are you there?"),
                    SlashCommands.meaning("/msg bob are you there?"));
            assertEquals(new Act.Emote(":) waves"), SlashCommands.meaning("/me :) waves"));
            assertEquals(new Act.Part("", "good night"), SlashCommands.meaning("/part good night"));
            assertEquals(
                    new Act.Part("#tea", "good night"),
                    SlashCommands.meaning("/part #tea good night"));
            assertEquals(new Act.Quit(""), SlashCommands.meaning("/quit"));
        }

        @Test
        void without_the_words_it_needs_is_answered_with_its_usage() {
            assertEquals(
                    new Act.Answer(List.of("usage: /msg <channel or nick> <text>")),
                    SlashCommands.meaning("/msg bob"));
        }

        @Test
        void with_a_name_that_is_none_is_answered_with_its_usage() {
            assertEquals(
                    new Act.Answer(List.of("usage: /join <channel> [key]")),
                    SlashCommands.meaning("/join :x"));
        }
    }

    @Nested
    class Several_lines {

        @Test
        void are_one_text_unless_they_are_commands() {
            assertEquals(List.of(new Act.Block("one\n/two")), SlashCommands.meanings("one\n/two"));
            assertEquals(
                    List.of(new Act.Names(), new Act.Say("two")),
                    SlashCommands.meanings("/names\ntwo"));
            assertEquals(new Act.Block("one\ntwo"), SlashCommands.meaning("/multi one\\ntwo"));
        }
    }

    @Nested
    class A_line_that_is_meant {

        @Test
        void is_named_by_the_first_word_if_there_are_two() {
            assertEquals(new Act.React("", ":)"), SlashCommands.meaning("/react :)"));
            assertEquals(new Act.React("bob", ":)"), SlashCommands.meaning("/react bob :)"));
            assertEquals(new Act.Reply("17 yes"), SlashCommands.meaning("/reply 17 yes"));
            assertEquals(new Act.Redact("", ""), SlashCommands.meaning("/redact"));
            assertEquals(new Act.Redact("17", "oops"), SlashCommands.meaning("/redact 17 oops"));
        }
    }

    @Nested
    class The_help {

        @Test
        void stands_in_the_documents() throws IOException {
            var page = Files.readString(Path.of("../docs/TALKING.md"));
            for (var line : ((Act.Answer) SlashCommands.meaning("/help")).lines()) {
                assertTrue(page.contains(line.stripTrailing() + "\n"), line);
            }
        }

        @Test
        void lists_every_command() {
            var help = String.join("\n", ((Act.Answer) SlashCommands.meaning("/help")).lines());

            for (var name : SlashCommands.names()) {
                assertTrue(help.contains(name + " ") || help.contains(name + "\n"), name);
            }
        }
    }
}
