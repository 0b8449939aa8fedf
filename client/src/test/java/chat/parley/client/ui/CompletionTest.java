package chat.parley.client.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CompletionTest {

    private final Completion completion =
            new Completion(() ->
                    new Completion.Words(List.of("bob", "Bea", "ann"), List.of("#lobby", "cat")));

    private List<String> offered(String line) {
        var words = List.of(line.split(" ", -1));
        return completion.offered(words, words.size() - 1, words.getLast());
    }

    @Nested
    class At_the_beginning {

        @Test
        void a_nick_is_spoken_to_and_who_spoke_last_comes_first() {
            assertEquals(List.of("bob:", "Bea:"), offered("b"));
        }

        @Test
        void a_slash_is_a_command() {
            assertEquals(List.of("/join"), offered("/jo"));
        }
    }

    @Nested
    class Later {

        @Test
        void a_nick_is_a_word() {
            assertEquals(List.of("ann"), offered("hello a"));
            assertEquals(List.of("#lobby"), offered("hello #"));
        }

        @Test
        void a_colon_is_an_emoji() {
            assertEquals(List.of(":tada:"), offered("well done :tad"));
            assertEquals(List.of(), offered("at :"));
        }
    }

    @Nested
    class After_a_command {

        @Test
        void its_usage_says_what_may_come() {
            assertEquals(List.of("#lobby"), offered("/join "));
            assertTrue(offered("/msg ").containsAll(List.of("bob", "Bea", "ann", "#lobby", "cat")));
            assertEquals(
                    List.of("topic"),
                    offered("/help to").stream().filter("topic"::equals).toList());
            assertEquals(List.of("Bea"), offered("/msg bob thank you, be"));
        }
    }

    @Nested
    class A_hostile_name {

        @Test
        void is_offered_without_what_a_terminal_would_obey() {
            var hostile =
                    new Completion(() ->
                            new Completion.Words(
                                    List.of("e\u001b]0;x\u0007vil", "\u200b"),
                                    List.of("#\u009b2J\u202e")));

            var offered = hostile.offered(List.of(""), 0, "").toString();
            assertTrue(offered.chars().noneMatch(Character::isISOControl), offered);
            assertEquals(-1, offered.indexOf('\u202e'), offered);
        }
    }
}
