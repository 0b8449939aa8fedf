package chat.parley.client.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/// The past of a server that gives no ids, and finds what was said by its time alone.
class PastWithoutIdsTest {

    private static final String[] PAST = {
        ":d BATCH +1 chathistory #lobby",
        "@batch=1;time=2026-11-21T11:00:00.000Z :bob!b@h PRIVMSG #lobby :one",
        "@batch=1;time=2026-11-21T11:01:00.000Z :bob!b@h PRIVMSG #lobby :two",
        "@batch=1;time=2026-11-21T11:01:00.000Z :bob!b@h PRIVMSG #lobby :three",
        ":d BATCH -1"
    };

    private static Story there() {
        return Story.arrived()
                .hears(":d 005 ann MSGREFTYPES=timestamp :are supported")
                .hears(PAST)
                .forget();
    }

    @Test
    void what_comes_twice_is_here_once_and_the_rest_is_asked_for_by_time() {
        var story = there().down().forget().upWithAll();
        story.hears(":d 005 ann MSGREFTYPES=timestamp :are supported")
                .hears(":d BATCH +0 draft/chathistory-targets", ":d BATCH -0")
                .hears(":ann!ann@h JOIN #lobby");
        assertTrue(
                story.sent()
                        .contains(
                                "CHATHISTORY AFTER #lobby"
                                        + " timestamp=2026-11-21T11:00:59.999Z :100"),
                story.sent()::toString);

        story.forget()
                .hears(
                        ":d BATCH +2 chathistory #lobby",
                        PAST[2].replace("batch=1", "batch=2"),
                        PAST[3].replace("batch=1", "batch=2"),
                        "@batch=2;time=2026-11-21T11:02:00.000Z :bob!b@h PRIVMSG #lobby :four",
                        ":d BATCH -2");
        assertEquals(
                List.of("-- #lobby: new since you were here --", "#lobby bob: four"),
                story.shown());
    }

    @Test
    void older_lines_are_asked_for_by_time() {
        var story = there().asks(new Act.History("")).asks(new Act.History(""));

        assertEquals(
                "CHATHISTORY BEFORE #lobby timestamp=2026-11-21T11:00:00.000Z :20",
                story.sent().getFirst());
    }
}
