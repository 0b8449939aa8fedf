package chat.parley.daemon.command;

import chat.parley.protocol.Message;
import java.util.LinkedHashSet;
import java.util.List;

/// What a peer gave, taken apart and given back.
final class Shown {

    private Shown() {}

    /// The words of a list with commas as they stand.
    static List<String> words(Message message, int param) {
        return List.of(message.param(param).split(",", -1));
    }

    /// The words of a list with commas, each once, empty ones left out.
    static List<String> list(Message message, int param) {
        var words = new LinkedHashSet<String>();
        for (var word : message.param(param).split(",", -1)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return List.copyOf(words);
    }
}
