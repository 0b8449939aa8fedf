package chat.parley.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Messages and lines of all sorts, the same ones for the same seed.
final class Arbitrary {

    private static final String[] PIECES = {
        "",
        " ",
        "  ",
        ":",
        "@",
        ";",
        "=",
        "\\",
        "\\s",
        "\\:",
        "a",
        "B",
        "7",
        "#",
        "!",
        ",",
        "+",
        "-",
        "/",
        ".",
        "PING",
        "PRIVMSG",
        "SAY",
        "#tea",
        "ü",
        "🍵",
        "\u0301",
        "\t",
        "\r",
        "\n",
        "\0",
        "\u200b",
        "ann!ann@host",
        "=1;",
        "001"
    };

    private final RandomGenerator random;

    Arbitrary(long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /// Something that may be a line.
    String line() {
        var line = new StringBuilder();
        if (random.nextBoolean()) { // else hardly any would be a message
            line.append(random.nextBoolean() ? "@a=" + random.nextInt() + ";+b " : "");
            line.append(random.nextBoolean() ? ":ann!ann@host " : "");
            line.append(random.nextBoolean() ? "PRIVMSG " : "say ");
        }
        return line.append(pieces()).toString();
    }

    private String pieces() {
        var pieces = new StringBuilder();
        for (var i = random.nextInt(14); i > 0; i--) {
            pieces.append(piece());
        }
        return pieces.toString();
    }

    /// A message that could be made.
    Message message() {
        var tags = new LinkedHashMap<String, String>();
        for (var i = random.nextInt(4); i > 0; i--) {
            tags.put(tagKey(), text("\0"));
        }
        var params = new ArrayList<String>();
        var command = random.nextInt(8) == 0 ? "SAY" : command();
        if (command.equals("SAY")) { // its rest is one text, and nothing is said by an empty one
            params.add(text("\r\n\0") + "x");
        } else {
            for (var i = random.nextInt(5); i > 0; i--) {
                params.add(word());
            }
            if (random.nextBoolean()) {
                params.add(text("\r\n\0"));
            }
        }
        return new Message(
                tags, random.nextBoolean() ? word() : null, command, List.copyOf(params));
    }

    private String piece() {
        return PIECES[random.nextInt(PIECES.length)];
    }

    private String command() {
        return random.nextBoolean() ? "PRIVMSG" : String.format("%03d", random.nextInt(1000));
    }

    private String tagKey() {
        var keys = List.of("a", "+b", "time", "msgid", "+draft/reply", "vendor.example/x-y", "9");
        return keys.get(random.nextInt(keys.size()));
    }

    private String word() {
        var word = text(" \r\n\0");
        return word.isEmpty() || word.startsWith(":") ? "w" + word : word;
    }

    private String text(String without) {
        var text = pieces();
        for (var i = 0; i < without.length(); i++) {
            text = text.replace(without.substring(i, i + 1), "");
        }
        return text;
    }
}
