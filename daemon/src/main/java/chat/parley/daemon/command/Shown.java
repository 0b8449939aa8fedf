package chat.parley.daemon.command;

import chat.parley.protocol.Message;
import java.util.LinkedHashSet;
import java.util.List;

/// What a peer gave, taken apart and given back.
final class Shown {

    private Shown() {}

    /// As it may stand in the middle of a reply; a star for what cannot.
    static String middle(String given) {
        return given.isEmpty() || given.startsWith(":") || given.indexOf(' ') >= 0 ? "*" : given;
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
