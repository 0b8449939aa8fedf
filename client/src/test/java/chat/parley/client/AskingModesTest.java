package chat.parley.client;

import static chat.parley.client.Piped.id;
import static chat.parley.client.Piped.numbers;
import static chat.parley.client.Piped.say;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `parley history`, `search` and `who` with a daemon.
@Timeout(120)
class AskingModesTest extends OverACable {

    @Nested
    class History {

        @Test
        void is_the_newest_or_from_a_time_on_over_as_many_pages_as_it_takes() throws Exception {
            try (var bob = piped.login("bob")) {
                bob.send("JOIN #past");
                say(bob, "#past", 0, 250);
                assertEquals(0, piped.parley("", "send", "#past", "250").code());

                assertEquals(numbers(0, 251), piped.said("#past"));
                var newest = piped.parley("", "history", "#past", "--limit", "180", "--json");
                assertEquals(numbers(71, 251), newest.lines().stream().map(Piped::text).toList());
                var first = piped.parley("", "history", "#past", "--since", "1h", "--limit", "3");
                assertEquals(3, first.lines().size());
                assertTrue(first.lines().getLast().endsWith("bob  2"), first.out());
                var id = id(newest.lines().get(9));
                var between =
                        piped.parley(
                                "", "history", "#past", "--since", "1h", "--before", id, "--json");
                assertEquals(numbers(0, 80), between.lines().stream().map(Piped::text).toList());
                var before =
                        piped.parley(
                                "", "history", "#past", "--before", id, "--limit", "2", "--json");
                assertEquals(numbers(78, 80), before.lines().stream().map(Piped::text).toList());
                assertEquals(
                        new Run(0, "", ""),
                        piped.parley("", "history", "#past", "--before", "2001-01-01"));
            }
        }

        @Test
        void of_a_place_one_is_not_in_ends_with_1() {
            var run = piped.parley("", "history", "#strangers");

            assertEquals(1, run.code());
            assertTrue(run.err().startsWith("parley: "), run::err);
            assertFalse(run.err().isBlank());
        }
    }

    @Nested
    class Search {

        @Test
        void finds_what_has_the_words_and_ends_with_1_if_nothing_has() throws Exception {
            try (var bob = piped.login("bob")) {
                bob.send("PRIVMSG #lobby :the Kettle; is \\ on");
                bob.send("PRIVMSG ann :kettle off");
                bob.settle();
                var both = piped.parley("", "search", "kettle");
                assertEquals(2, both.lines().size(), both::out);
                var one =
                        piped.parley(
                                "", "search", "kettle", "on", "--in", "#lobby", "--from", "bob");
                assertTrue(one.out().endsWith(" bob  the Kettle; is \\ on\n"), one::out);
                assertEquals(
                        1,
                        piped.parley("", "search", "kettle", "--json", "--since", "1h").code() + 1);
                assertEquals(new Run(1, "", ""), piped.parley("", "search", "teapot; drop \\"));
                assertEquals(
                        1, piped.parley("", "search", "kettle", "--before", "2001-01-01").code());
            }
        }
    }

    @Nested
    class Who {

        @Test
        void prints_the_people_of_a_channel_or_one() throws Exception {
            try (var bob = piped.login("bob")) {
                bob.send("JOIN #people");
                bob.send("AWAY :tea");
                bob.settle();
                assertEquals(0, piped.parley("", "send", "#people", "hello").code());

                var json = piped.parley("", "who", "#people", "--json").lines();
                assertTrue(
                        json.stream()
                                .anyMatch(line ->
                                        line.startsWith(
                                                "{\"nick\":\"bob\",\"account\":\"bob\",\"role\":\"@\",\"away\":true,\"bot\":false")),
                        json::toString);
                assertTrue(piped.parley("", "who", "bob").out().startsWith("bob away"));
                var nobody = piped.parley("", "who", "nobody");
                assertEquals(1, nobody.code());
                assertEquals(
                        "parley: nobody: nobody is there, or you may not see who\n", nobody.err());
            }
        }
    }
}
