package chat.parley.client.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.client.model.Act;
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
    class The_help {

        @Test
        void lists_every_command() {
            var help = String.join("\n", ((Act.Answer) SlashCommands.meaning("/help")).lines());

            for (var name : SlashCommands.names()) {
                assertTrue(help.contains(name + " ") || help.contains(name + "\n"), name);
            }
        }
    }
}
