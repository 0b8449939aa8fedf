package chat.parley.client.ui;

import chat.parley.client.model.Line;
import chat.parley.client.model.Model;
import java.time.Instant;
import java.util.List;
import org.jline.utils.AttributedString;

/// All that decides what the full view looks like at one moment.
///
/// @param notes the client's own words, which are in no backlog
/// @param scroll how many rows one is above the newest
/// @param typed what is being typed
/// @param cursor where in it, in characters
/// @param below rows the editor shows for a while: a search, a choice
record Scene(
        Model model,
        Instant now,
        List<Note> notes,
        int scroll,
        AttributedString prompt,
        String typed,
        int cursor,
        List<AttributedString> below,
        int columns,
        int rows) {

    /// @param place where one was when it came; folded
    record Note(Instant at, String place, Line line) {}

    Scene {
        notes = List.copyOf(notes);
        below = List.copyOf(below);
    }
}
