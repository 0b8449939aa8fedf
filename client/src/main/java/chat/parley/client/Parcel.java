package chat.parley.client;

import chat.parley.client.model.Speech;
import chat.parley.protocol.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Something that is kept whole or not at all: one PRIVMSG, or several lines as one message (IRCv3
/// multiline).
///
/// @param messages what to send; label and key stand on the first
/// @param text what comes back in the echo's first line
record Parcel(String target, List<Message> messages, String text) {

    /// Room for `:nick!user@host PRIVMSG target :` and the line ending, with the longest of all.
    private static final int AROUND = 1 + 32 + 1 + 32 + 1 + 63 + " PRIVMSG  :\r\n".length();

    private static final int LINE = 512; // RFC 1459 2.3

    private static final String REFERENCE = "whole";

    Parcel {
        messages = List.copyOf(messages);
    }

    /// A line as messages: one, or several if it is longer than a message can be.
    static List<Parcel> ofLine(String target, String line) {
        var text = Speech.sayable(line);
        if (text.isBlank()) {
            return List.of();
        }
        return Speech.pieces(text, room(target)).stream()
                .map(piece ->
                        new Parcel(target, List.of(Message.of("PRIVMSG", target, piece)), piece))
                .toList();
    }

    /// All lines as one message.
    static Parcel ofLines(String target, List<String> lines) {
        var messages = new ArrayList<Message>();
        messages.add(Message.of("BATCH", "+" + REFERENCE, "draft/multiline", target));
        for (var line : lines) {
            var isFirst = true;
            for (var piece : exactPieces(Speech.sayable(line), room(target))) {
                var message = Message.of("PRIVMSG", target, piece).withTag("batch", REFERENCE);
                messages.add(isFirst ? message : message.withTag("draft/multiline-concat", ""));
                isFirst = false;
            }
        }
        var text = messages.get(1).param(1);
        messages.add(Message.of("BATCH", "-" + REFERENCE));
        return new Parcel(target, messages, text);
    }

    /// How many lines it takes on the wire.
    int lines() {
        return isBatch() ? messages.size() - 2 : 1;
    }

    /// How long its text is, in bytes of UTF-8, with a line feed after each line but the last.
    int bytes() {
        var bytes = 0;
        for (var message : messages) {
            if (message.command().equals("PRIVMSG")) {
                bytes += message.param(1).getBytes(StandardCharsets.UTF_8).length;
                bytes += message.tags().containsKey("draft/multiline-concat") ? 0 : 1;
            }
        }
        return bytes - 1;
    }

    boolean isBatch() {
        return messages.size() > 1;
    }

    private static int room(String target) {
        return Math.max(64, LINE - AROUND - target.getBytes(StandardCharsets.UTF_8).length);
    }

    /// Pieces that are the text again when one is put after the other.
    private static List<String> exactPieces(String text, int bytes) {
        var pieces = new ArrayList<String>();
        var piece = new StringBuilder();
        var used = 0;
        for (var c : text.codePoints().toArray()) {
            var length = Character.toString(c).getBytes(StandardCharsets.UTF_8).length;
            if (used + length > bytes) {
                pieces.add(piece.toString());
                piece.setLength(0);
                used = 0;
            }
            piece.appendCodePoint(c);
            used += length;
        }
        pieces.add(piece.toString());
        return pieces;
    }
}
