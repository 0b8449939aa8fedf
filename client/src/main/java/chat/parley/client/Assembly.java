package chat.parley.client;

import chat.parley.client.model.BatchBounds;
import chat.parley.protocol.Message;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Puts together what the daemon says in parts: IRCv3 batch, and within it multiline. For one
/// thread.
///
/// How many and how long is the daemon's choice, so both are bounded: what is too much is passed on
/// as it is.
final class Assembly {

    private static final String MULTILINE = "draft/multiline";
    private static final String CONCAT = "draft/multiline-concat";

    /// Something that is whole.
    sealed interface Part {}

    /// One message.
    ///
    /// @param lines at least one; each has the tags of the whole
    /// @param batch the BATCH that began what it stands in, if any
    record Whole(List<Message> lines, Optional<Message> batch) implements Part {

        Whole {
            lines = List.copyOf(lines);
        }

        /// Whether it is part of what was said before.
        boolean isHistory() {
            return batch.filter(opening -> opening.param(1).equals("chathistory")).isPresent();
        }

        Message first() {
            return lines.getFirst();
        }

        /// Empty where the daemon gives none.
        String id() {
            return first().tags().getOrDefault("msgid", "");
        }

        /// What it is known by where it comes twice: its id, else a digest of when it was said and
        /// all of it, as many are remembered. Empty where the daemon gives neither.
        String key() {
            var time = first().tags().getOrDefault("time", "");
            if (!id().isEmpty() || time.isEmpty()) {
                return id();
            }
            var words = lines.stream().map(Message::params).toList();
            return digest(
                    time + " " + first().sourceName() + " " + first().command() + " " + words);
        }

        private static String digest(String text) {
            try {
                var sha256 = MessageDigest.getInstance("SHA-256");
                return HexFormat.of()
                        .formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }
    }

    /// A batch that is not a message is over; what stood in it came before.
    ///
    /// @param opening the BATCH that began it
    record Ended(Message opening) implements Part {

        String type() {
            return opening.param(1);
        }
    }

    private static final class Open {
        private final Message opening;
        private final List<Message> lines = new ArrayList<>();
        private int weight;

        private Open(Message opening) {
            this.opening = opening;
        }

        private boolean isMessage() {
            return opening.param(1).equals(MULTILINE);
        }
    }

    private final Map<String, Open> open = new HashMap<>();

    Optional<Part> take(Message message) {
        var batch = message.tags().getOrDefault("batch", "");
        if (message.command().equals("BATCH") && !message.param(0).isEmpty()) {
            var reference = message.param(0).substring(1);
            if (message.param(0).startsWith("-")) {
                return ended(open.remove(reference));
            }
            if (open.size() < BatchBounds.OPEN) {
                open.put(reference, new Open(message));
            }
            return Optional.empty();
        }
        var around = open.get(batch);
        if (around == null || !around.isMessage()) {
            return Optional.of(
                    new Whole(
                            List.of(message),
                            Optional.ofNullable(around).map(outer -> outer.opening)));
        }
        add(around, message);
        if (around.lines.size() < BatchBounds.LONGEST && around.weight < BatchBounds.HEAVIEST) {
            return Optional.empty();
        }
        open.remove(batch);
        return ended(around);
    }

    private Optional<Part> ended(@Nullable Open batch) {
        if (batch == null || (batch.isMessage() && batch.lines.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(
                batch.isMessage()
                        ? new Whole(
                                batch.lines,
                                Optional.ofNullable(
                                                open.get(
                                                        batch.opening
                                                                .tags()
                                                                .getOrDefault("batch", "")))
                                        .map(outer -> outer.opening))
                        : new Ended(batch.opening));
    }

    /// IRCv3 multiline: tags stand on what opened it; a line may go on where the one before ended.
    private static void add(Open batch, Message line) {
        var text = line.param(1);
        batch.weight += text.length() + BatchBounds.MESSAGE;
        if (line.tags().containsKey(CONCAT) && !batch.lines.isEmpty()) {
            text = batch.lines.removeLast().param(1) + text;
        }
        batch.lines.add(
                new Message(
                        batch.opening.tags(),
                        line.source(),
                        line.command(),
                        List.of(line.param(0), text)));
    }
}
