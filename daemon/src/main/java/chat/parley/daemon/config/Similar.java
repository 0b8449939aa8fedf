package chat.parley.daemon.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// The key that was probably meant.
final class Similar {

    private Similar() {}

    /// The nearest key, unless all are far away. A key that only stands in the wrong group is near.
    static Optional<String> to(String wrong, Collection<String> keys) {
        return keys.stream()
                .filter(key -> lastWord(key).equals(lastWord(wrong)))
                .findFirst()
                .or(() ->
                        keys.stream()
                                .min(Comparator.comparingInt(key -> distance(wrong, key)))
                                .filter(key -> distance(wrong, key) <= 1 + key.length() / 4));
    }

    private static String lastWord(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    /// How many characters must be added, left out or changed (Levenshtein).
    private static int distance(String from, String to) {
        var row = new int[to.length() + 1];
        for (var j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (var i = 1; i <= from.length(); i++) {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.length(); j++) {
                var changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
