package chat.parley.client.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.client.model.Line;
import chat.parley.client.model.Model;
import chat.parley.client.model.Story;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FullViewTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final FullView view = new FullView(new Screen(Theme.PLAIN, ZoneOffset.UTC));

    private static Story talk() {
        return Story.inLobby()
                .hears(
                        ":d 332 ann #lobby :Tea, and milk",
                        ":d 353 ann = #lobby :ann bob cat",
                        ":ann!ann@h JOIN #tea",
                        ":bob!b@h PRIVMSG #lobby :good morning",
                        ":bob!b@h PRIVMSG #tea :ann, here too",
                        ":cat!c@h PRIVMSG #lobby :你好世界, a line that is wider than it may be",
                        ":bob!b@h PRIVMSG #lobby :\u0001ACTION waves\u0001");
    }

    private static Scene scene(Model model, int columns, int rows, int scroll, String typed) {
        return new Scene(
                model,
                NOON,
                List.of(new Scene.Note(NOON, "#lobby", new Line.Note("a word of the client"))),
                scroll,
                new AttributedString("#lobby> "),
                typed,
                typed.length(),
                List.of(),
                columns,
                rows);
    }

    private String screen(Model model, int columns, int rows, String typed) {
        return text(view.paint(scene(model, columns, rows, 0, typed)));
    }

    private static String text(Painting painting) {
        var out = new StringBuilder();
        for (var pieces : painting.rows()) {
            var row = new StringBuilder();
            for (var piece : pieces) {
                var at = new AttributedString(row).columnLength();
                row.append(" ".repeat(Math.max(0, piece.column() - at))).append(piece.text());
            }
            out.append(row.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }

    @Nested
    class A_screen {

        @Test
        void that_is_wide_has_all() {
            assertEquals(
                    """
                    #lobby  Tea, and milk
                    1>#lobby         12:00 bob  good morning                            ann
                    2 #tea 1!        12:00 cat  你好世界, a line that is wider than it  bob
                                                may be                                  cat
                                     12:00 * bob waves
                                     -- a word of the client
                    -- connected | 3 here | new: #tea 1!
                    #lobby> hello
                    """,
                    screen(talk().model(), 84, 8, "hello"));
        }

        @Test
        void that_is_narrow_has_no_lists() {
            var text = screen(talk().model(), 40, 10, "");

            assertTrue(text.startsWith("#lobby  Tea, and milk\n"), text);
            assertTrue(text.contains("\n12:00 bob  good morning\n"), text);
            assertTrue(text.endsWith("-- connected | 3 here | new: #tea 1!\n#lobby>\n"), text);
        }

        @Test
        void that_is_tiny_has_lines_and_what_is_typed() {
            assertEquals(
                    """
                    12:00 * bob waves
                    -- a word of the
                       client
                    -- connected | 3 her
                    #lobby> hi
                    """,
                    screen(talk().model(), 20, 5, "hi"));
        }

        @Test
        void of_any_size_is_no_larger_than_the_terminal() {
            var model = talk().model();
            for (var columns = 1; columns < 100; columns += 3) {
                for (var rows = 1; rows < 12; rows++) {
                    var painting =
                            view.paint(scene(model, columns, rows, 3, "a long text 你好 ".repeat(9)));
                    var size = columns + "x" + rows;

                    assertTrue(painting.rows().size() <= rows, size);
                    assertTrue(painting.cursorRow() < rows, size);
                    assertTrue(painting.cursorColumn() < Math.max(2, columns), size);
                }
            }
        }
    }

    @Nested
    class One_who_scrolls {

        @Test
        void sees_older_lines_and_the_top_is_known() {
            var model = talk().model();

            var near = view.paint(scene(model, 40, 5, 0, ""));
            var far = view.paint(scene(model, 40, 5, 100, ""));

            assertTrue(!near.isTop() && far.isTop());
            assertTrue(text(far).contains("-- Saturday, 2026-11-21"), text(far));
            assertTrue(text(far).contains("-- older lines; End: newest"), text(far));
            assertTrue(far.highest() < 100);
        }
    }
}
