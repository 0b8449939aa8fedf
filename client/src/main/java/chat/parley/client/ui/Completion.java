package chat.parley.client.ui;

import chat.parley.client.model.Conversation;
import chat.parley.client.model.Line;
import chat.parley.client.model.Model;
import chat.parley.protocol.CaseMapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/// What Tab offers: commands and their arguments, nicks, channels, names of emoji.
///
/// Each press offers the next, the likeliest first. Called by the typist.
///
/// @param words the names there are at this moment
record Completion(Supplier<Words> words) implements Completer {

    /// Lines back in which one looks for who spoke last.
    private static final int RECENT = 200;

    /// @param nicks as they were given, who spoke last first
    /// @param places channels and direct conversations
    record Words(List<String> nicks, List<String> places) {

        public Words {
            nicks = List.copyOf(nicks);
            places = List.copyOf(places);
        }

        /// The nicks where one is, who spoke last first, and every place.
        static Words of(Model model) {
            var places = model.places();
            return new Words(
                    places.here().map(here -> nicks(here, model)).orElse(List.of()),
                    places.all().values().stream().map(Conversation::name).toList());
        }

        private static List<String> nicks(Conversation here, Model model) {
            var nicks = new LinkedHashMap<String, String>();
            here.backlog().entries().reversed().stream()
                    .limit(RECENT)
                    .filter(entry -> entry.line() instanceof Line.Said)
                    .map(entry -> ((Line.Said) entry.line()).who())
                    .filter(who -> !model.isMe(who))
                    .filter(who -> here.has(who) || !here.isChannel())
                    .forEach(who -> nicks.putIfAbsent(CaseMapping.fold(who), who));
            here.members().forEach(nicks::putIfAbsent);
            return List.copyOf(nicks.values());
        }
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        var order = 0;
        for (var value : offered(line.words(), line.wordIndex(), line.word())) {
            order++;
            candidates.add(new Candidate(value, value, null, null, null, null, true, order));
        }
    }

    /// @param before the words of the line
    /// @param index which of them is completed
    /// @param word as far as it was typed
    List<String> offered(List<String> before, int index, String word) {
        var now = words.get();
        var begins = word.toLowerCase(Locale.ROOT);
        if (index == 0 && begins.startsWith("/")) {
            return matching(SlashCommands.names(), begins);
        }
        if (begins.startsWith(":") && begins.length() > 1) {
            return matching(
                    Emoji.named().keySet().stream().map(name -> ":" + name + ":").toList(), begins);
        }
        if (index > 0 && before.getFirst().startsWith("/")) {
            var choices = Usages.arguments(before.getFirst(), index, now);
            if (!choices.isEmpty()) {
                return matching(choices, begins);
            }
        }
        return Stream.concat(
                        matching(now.nicks(), begins).stream()
                                .map(nick -> index == 0 ? nick + ":" : nick),
                        matching(now.places(), begins).stream())
                .distinct()
                .toList();
    }

    private static List<String> matching(List<String> all, String begins) {
        return all.stream()
                .map(TerminalText::name)
                .filter(one -> one.toLowerCase(Locale.ROOT).startsWith(begins) && !one.isEmpty())
                .toList();
    }
}
