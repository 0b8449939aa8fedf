package chat.parley.client.ui;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the usage of a slash command says about its words: which may be completed by what, and
/// whether one is a secret. Pure.
final class Usages {

    private static final Pattern WORD = Pattern.compile("[<\\[]([^>\\]]*)[>\\]]");

    /// A word of a usage that is nobody's business afterwards.
    private static final Pattern SECRET = Pattern.compile("code|password|secret|key");

    /// Who is told passwords on other networks, in a message.
    private static final Pattern SERVICE = Pattern.compile("(?i).*serv(@.*)?|[*].*|q(@.*)?|auth");

    private Usages() {}

    /// Whether a typed line may be written down: not if a word of it is a secret, nor if nobody
    /// knows what it is, such as a command with a slip in its name.
    static boolean mayBeKept(String line) {
        if (!line.startsWith("/") || line.startsWith("//")) {
            return true;
        }
        var given = line.strip().split("\\s+", -1);
        var usage = SlashCommands.usageOf(given[0]);
        if (usage.isEmpty()) {
            return false;
        }
        var words = words(usage.get());
        for (var i = 1; i < given.length && !words.isEmpty(); i++) {
            if (SECRET.matcher(words.get(Math.min(i, words.size()) - 1)).find()) {
                return false;
            }
        }
        return given.length < 2 || !SERVICE.matcher(given[1]).matches();
    }

    /// What may stand at a place of a command; nothing where it is free text.
    ///
    /// @param index 1 for the word after the command
    static List<String> arguments(String command, int index, Completion.Words now) {
        var words = words(SlashCommands.usageOf(command).orElse(""));
        if (words.isEmpty()) {
            return List.of();
        }
        var word = words.get(Math.min(index, words.size()) - 1);
        if (word.contains("|")) {
            return List.of(word.split("\\|", -1));
        }
        if (word.contains("command")) {
            return SlashCommands.names().stream().map(name -> name.substring(1)).toList();
        }
        var hasNicks = word.contains("nick");
        var hasChannels = word.contains("channel");
        return Stream.concat(
                        (hasNicks ? now.nicks() : List.<String>of()).stream(),
                        now.places().stream()
                                .filter(place -> place.startsWith("#") ? hasChannels : hasNicks))
                .distinct()
                .toList();
    }

    private static List<String> words(String usage) {
        return WORD.matcher(usage)
                .results()
                .map(found -> found.group(1).toLowerCase(Locale.ROOT))
                .toList();
    }
}
