package chat.parley.client.model;

import chat.parley.protocol.Capability;
import chat.parley.protocol.Message;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// Looking for what was said: by the daemon (soju.im/search), or in what is here.
final class Search {

    /// Lines that are shown.
    private static final int MOST = 20;

    private Search() {}

    static Step ask(Model model, String words) {
        var here = model.places().here();
        var server = model.server();
        if (!model.isUp() || !server.has(Capability.SEARCH) || !server.has(Capability.BATCH)) {
            return inHere(model, words);
        }
        var where = here.map(place -> ";in=" + SearchTerms.value(place.name())).orElse("");
        return Step.to(model)
                .send(
                        Message.of(
                                "SEARCH",
                                "text=" + SearchTerms.value(words) + where + ";limit=" + MOST));
    }

    static Step found(Model model, Batch batch, Instant now) {
        var lines =
                batch.heard().stream()
                        .filter(one -> !model.habits().ignores(one.message().sourceName()))
                        .flatMap(one ->
                                Line.Said.of(one.message(), one.text(), model.me(), now).stream())
                        .toList();
        return shown(Step.to(model), lines, "");
    }

    private static Step inHere(Model model, String words) {
        var here = model.places().here();
        if (here.isEmpty()) {
            return Step.to(model).trouble("you are nowhere");
        }
        var wanted = List.of(words.toLowerCase(Locale.ROOT).split(" +", -1));
        var found =
                here.get().backlog().entries().stream()
                        .filter(Entry::isSaid)
                        .map(entry -> (Line.Said) entry.line())
                        .filter(line -> hasAll(line.text(), wanted))
                        .toList();
        return shown(
                Step.to(model),
                found.subList(Math.max(0, found.size() - MOST), found.size()),
                model.isUp() ? " (this server does not search: only in what is here)" : "");
    }

    private static boolean hasAll(String text, List<String> words) {
        var lower = text.toLowerCase(Locale.ROOT);
        return words.stream().allMatch(lower::contains);
    }

    private static Step shown(Step step, List<Line.Said> lines, String remark) {
        var next = step.note(lines.isEmpty() ? "nothing found" + remark : "found" + remark + " --");
        for (var line : lines) {
            next = next.show(line);
        }
        return lines.isEmpty()
                ? next
                : next.note(lines.size() == 1 ? "one line --" : lines.size() + " lines --");
    }
}
