package chat.parley.client;

import chat.parley.client.model.Line;
import chat.parley.client.ui.Screen;
import chat.parley.protocol.JsonLine;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// One message as the pipe modes print it: a line for a person, or an object for a program.
///
/// The object is a contract: docs/JSON.md.
///
/// @param key what it is known by where it comes twice; empty for nothing
/// @param lines of its text; more than one where it was said as one message of several
record Utterance(String id, String key, String account, String reply, List<Line.Said> lines) {

    /// Empty for what is no speech.
    static Optional<Utterance> of(Assembly.Whole whole, String me, Instant now) {
        var command = whole.first().command();
        if (!command.equals("PRIVMSG") && !command.equals("NOTICE")) {
            return Optional.empty();
        }
        var lines =
                whole.lines().stream()
                        .map(line -> Line.Said.of(line, me, now))
                        .flatMap(Optional::stream)
                        .toList();
        var tags = whole.first().tags();
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Utterance(
                                whole.id(),
                                whole.key(),
                                tags.getOrDefault("account", ""),
                                tags.getOrDefault("+reply", tags.getOrDefault("+draft/reply", "")),
                                lines));
    }

    int weight() {
        return lines.stream().mapToInt(line -> line.text().length()).sum();
    }

    String place() {
        return lines.getFirst().place();
    }

    Instant at() {
        return lines.getFirst().at();
    }

    /// @param here the folded name of the one place it can be of; empty if there are several
    String forPerson(Screen screen, String here, Instant now) {
        return lines.stream()
                .map(line -> screen.line(line, here, now))
                .collect(Collectors.joining("\n"));
    }

    String json() {
        var said = lines.getFirst();
        return new JsonLine()
                .with("time", at().truncatedTo(ChronoUnit.MILLIS).toString())
                .with("id", id)
                .with("channel", said.place())
                .with("from", said.who())
                .with("account", account)
                .with("kind", said.manner().name().toLowerCase(Locale.ROOT))
                .with("reply", reply)
                .with("text", lines.stream().map(Line.Said::text).collect(Collectors.joining("\n")))
                .toString();
    }
}
