package chat.parley.client.ui;

import chat.parley.client.model.Conversation;
import chat.parley.client.model.Model;
import chat.parley.protocol.CaseMapping;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;

/// One quiet row about all but the lines: the link, what is new elsewhere, who types. Pure.
record Status(Theme theme) {

    /// Slower than this is worth a word.
    private static final Duration SLOW = Duration.ofSeconds(1);

    private static final int MOST_PLACES = 6;

    /// @param columns it is never wider
    AttributedString row(Model model, Instant now, int columns) {
        var parts = new ArrayList<String>();
        parts.add(link(model, now));
        var here = model.places().here();
        // Without the link nobody knows; and coming back, not before the names are here.
        here.filter(one -> model.isUp() && one.isChannel() && one.members().size() > 0)
                .ifPresent(one -> parts.add(one.members().size() + " here"));
        var typing =
                here.map(one -> one.typing().nicks().stream().filter(n -> !model.isMe(n)).toList());
        typing.filter(nicks -> !nicks.isEmpty())
                .ifPresent(nicks ->
                        parts.add(
                                nicks.size() > 2
                                        ? nicks.size() + " are typing"
                                        : String.join(
                                                        " and ",
                                                        nicks.stream()
                                                                .map(TerminalText::name)
                                                                .toList())
                                                + (nicks.size() == 1 ? " is" : " are")
                                                + " typing"));
        var news = news(model);
        if (!news.isEmpty()) {
            parts.add("new: " + news);
        }
        var out = new AttributedStringBuilder();
        out.styled(theme.quiet(), "-- " + String.join(" | ", parts));
        return out.toAttributedString().columnSubSequence(0, Math.max(0, columns));
    }

    /// Lines in other places that were not read.
    static int unread(Model model) {
        return model.places().all().values().stream()
                .filter(one -> !isHere(one, model))
                .mapToInt(one -> one.reading().unread())
                .sum();
    }

    private static String link(Model model, Instant now) {
        return switch (model.standing()) {
            case NOT_YET -> "connecting";
            case DOWN -> "no link";
            case UP -> {
                var lag = model.pulse().lagAt(now);
                yield lag.isPresent() && lag.get().compareTo(SLOW) >= 0
                        ? String.format(Locale.ROOT, "slow: %.1f s", lag.get().toMillis() / 1000.0)
                        : lag.map(one -> one.toMillis() + " ms").orElse("connected");
            }
        };
    }

    /// Where one is meant comes first; a place with a `!` has a line for the person.
    private static String news(Model model) {
        var places =
                model.places().all().values().stream()
                        .filter(one -> !isHere(one, model) && one.reading().unread() > 0)
                        .sorted((a, b) ->
                                Integer.compare(b.reading().mentions(), a.reading().mentions()))
                        .toList();
        var words = new ArrayList<String>();
        for (var one : places.subList(0, Math.min(MOST_PLACES, places.size()))) {
            words.add(
                    TerminalText.name(one.name())
                            + " "
                            + one.reading().unread()
                            + (one.reading().mentions() > 0 ? "!" : ""));
        }
        if (places.size() > MOST_PLACES) {
            words.add("and " + (places.size() - MOST_PLACES) + " more");
        }
        return String.join(", ", words);
    }

    static boolean isHere(Conversation one, Model model) {
        return CaseMapping.fold(one.name()).equals(model.places().current());
    }
}
