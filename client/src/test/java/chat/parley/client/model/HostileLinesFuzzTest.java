package chat.parley.client.model;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.client.ui.Screen;
import chat.parley.client.ui.Theme;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;

/// A hostile server's bytes as lines, through the whole model and onto the screen. See
/// CONTRIBUTING.
class HostileLinesFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void nothing_throws_and_nothing_raw_is_shown(byte[] data) {
        var screen = new Screen(Theme.PLAIN, ZoneOffset.UTC);
        var story = Story.of("#lobby").upWithAll().hears(":ann!ann@h JOIN #lobby");
        for (var line : new String(data, StandardCharsets.UTF_8).split("\n", -1)) {
            story.hears(line);
        }
        story.asks(new Act.Reply("x"))
                .asks(new Act.React("", "x"))
                .asks(new Act.Redact("", ""))
                .asks(new Act.History(""))
                .asks(new Act.Numbered(""))
                .asks(new Act.Unread())
                .passes(Duration.ofSeconds(70))
                .down()
                .upWithAll();
        var where = story.model().places().current();
        for (var shown : story.lines()) {
            var text = screen.line(shown, where, Story.NOON);
            assertFalse(text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n'), text);
        }
        var places = story.model().places();
        assertTrue(places.all().size() <= Places.MOST);
        assertTrue(story.model().asking().batches().open().size() <= BatchBounds.OPEN);
    }
}
