package chat.parley.client.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.client.model.Act;
import chat.parley.client.model.Habits;
import chat.parley.client.model.Story;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StatusTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private static String row(Story story) {
        return row(story, NOON, 200);
    }

    private static String row(Story story, Instant now, int columns) {
        return new Status(Theme.PLAIN).row(story.model(), now, columns).toString();
    }

    @Nested
    class The_link {

        @Test
        void is_told() {
            assertEquals("-- connecting", row(Story.of()));
            assertEquals("-- connected", row(Story.inLobby()));
            assertEquals("-- no link", row(Story.inLobby().down()));
        }

        @Test
        void has_its_lag() {
            var story = Story.inLobby().passes(Duration.ofSeconds(60));
            assertTrue(story.sent().contains("PING lag"), story.sent()::toString);
            assertEquals("-- slow: 1.5 s", row(story, NOON.plusMillis(61_500), 200));

            assertEquals("-- 0 ms", row(story.hears(":d PONG d :lag"), NOON.plusSeconds(61), 200));
        }

        @Test
        void has_no_lag_below_zero_when_the_clock_was_put_back() {
            var story = Story.inLobby().passes(Duration.ofSeconds(31));

            assertEquals("-- 0 ms", row(story, NOON, 200));
        }
    }

    @Nested
    class Where_one_is {

        @Test
        void counts_who_is_there_as_long_as_that_is_known() {
            var story = Story.inLobby().hears(":d 353 ann = #lobby :@ann bob cat");
            assertEquals("-- connected | 3 here", row(story));

            assertEquals("-- no link", row(story.down()));
        }

        @Test
        void tells_who_types_but_oneself() {
            var story = Story.inLobby().hears("@+typing=active :ann!ann@h TAGMSG #lobby");
            assertEquals("-- connected", row(story));

            story.hears("@+typing=active :bob!b@h TAGMSG #lobby");
            assertEquals("-- connected | bob is typing", row(story));
            story.hears("@+typing=active :cat!c@h TAGMSG #lobby");
            assertEquals("-- connected | bob and cat are typing", row(story));
            story.hears("@+typing=active :dan!d@h TAGMSG #lobby");
            assertEquals("-- connected | 3 are typing", row(story));

            story.passes(Duration.ofSeconds(7));
            assertEquals("-- 0 ms", row(story.hears(":d PONG d :lag")));
        }
    }

    @Nested
    class What_is_new_elsewhere {

        @Test
        void is_counted_where_one_is_meant_first() {
            var story =
                    Story.inLobby()
                            .hears(":ann!a@h JOIN #tea", ":ann!a@h JOIN #milk")
                            .hears(":bob!b@h PRIVMSG #tea :one", ":bob!b@h PRIVMSG #tea :two")
                            .hears(":bob!b@h PRIVMSG #milk :ann?", ":bob!b@h PRIVMSG #lobby :here");

            assertEquals("-- connected | new: #milk 1!, #tea 2", row(story));
            assertEquals(3, Status.unread(story.model()));
        }

        @Test
        void is_a_few_names_and_a_count() {
            var story = Story.inLobby();
            for (var i = 0; i < 9; i++) {
                story.hears(":ann!a@h JOIN #c" + i, ":bob!b@h PRIVMSG #c" + i + " :hi");
            }

            assertTrue(row(story).endsWith("#c5 1, and 3 more"), () -> row(story));
        }

        @Test
        void is_gone_when_one_goes_there() {
            var story =
                    Story.inLobby()
                            .seeing(Habits.View.PLACE)
                            .hears(":ann!a@h JOIN #tea", ":bob!b@h PRIVMSG #tea :one");
            assertEquals("-- connected | new: #tea 1", row(story));

            assertEquals("-- connected", row(story.asks(new Act.GoTo("#tea"))));
        }
    }

    @Nested
    class A_row {

        @Test
        void is_never_wider_than_it_may_be() {
            var story = Story.inLobby().hears(":ann!a@h JOIN #茶", ":b!b@h PRIVMSG #茶 :hi");
            for (var columns = 0; columns < 40; columns++) {
                var row = new Status(Theme.PLAIN).row(story.model(), NOON, columns);
                assertTrue(row.columnLength() <= columns, columns + " " + row);
            }
        }

        @Test
        void has_no_control_of_the_network() {
            var esc = "\u001b]0;x\u0007\u202e";
            var story =
                    Story.inLobby()
                            .hears(":ann!a@h JOIN #" + esc, ":b!b@h PRIVMSG #" + esc + " :hi")
                            .hears("@+typing=active :b" + esc + "!b@h TAGMSG #lobby");

            assertTrue(
                    row(story).chars().noneMatch(c -> Character.isISOControl(c) || c == 0x202e),
                    () -> row(story));
        }
    }
}
