package chat.parley.daemon.chat;

import chat.parley.daemon.chat.Request.ModeChange;
import chat.parley.protocol.Message;
import chat.parley.protocol.Numeric;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The lists of a channel: who is kept out, who is let in all the same, who needs no invitation.
///
/// Logic without a thread; it runs on the channel's.
final class MaskLists {

    /// Masks on all lists of one channel.
    static final int MOST_LISTED = 100;

    private static final int LONGEST_MASK = 200; // several fit into a line

    private final Room room;
    private final Server server;

    MaskLists(Room room, Server server) {
        this.room = room;
        this.server = server;
    }

    /// Whether this mode is a list.
    static boolean isList(char mode) {
        return mode == 'b' || mode == 'e' || mode == 'I';
    }

    /// Puts a mask on a list, or takes it off.
    void change(
            Request.Asker asker,
            ModeChange change,
            ModesDone done,
            List<Message> answers,
            Instant now) {
        var mask = Mask.of(change.param());
        if (!isWord(change.param()) || mask.text().length() > LONGEST_MASK) {
            answers.add(
                    server.invalidMode(asker.nick(), room.name(), change, "A mask is one word"));
        } else if (!change.add()) {
            room.removeFrom(change.mode(), mask)
                    .ifPresent(removed -> done.add(false, change.mode(), removed));
        } else if (room.listed() >= MOST_LISTED) {
            answers.add(
                    server.numeric(
                            Numeric.ERR_BANLISTFULL,
                            asker.nick(),
                            room.name().text(),
                            String.valueOf(change.mode()),
                            "The lists of this channel are full"));
        } else if (room.addTo(change.mode(), mask, asker.user().source(), now)) {
            done.add(true, change.mode(), mask.text());
        }
    }

    /// Who is on one of them.
    List<Message> show(Request.Asker asker, char mode) {
        var entry =
                switch (mode) {
                    case 'e' -> Numeric.RPL_EXCEPTLIST;
                    case 'I' -> Numeric.RPL_INVEXLIST;
                    default -> Numeric.RPL_BANLIST;
                };
        var end =
                switch (mode) {
                    case 'e' -> Numeric.RPL_ENDOFEXCEPTLIST;
                    case 'I' -> Numeric.RPL_ENDOFINVEXLIST;
                    default -> Numeric.RPL_ENDOFBANLIST;
                };
        var lines = new ArrayList<Message>();
        for (var listed : room.list(mode)) {
            lines.add(
                    server.numeric(
                            entry,
                            asker.nick(),
                            room.name().text(),
                            listed.mask(),
                            listed.by(),
                            Long.toString(listed.at().getEpochSecond())));
        }
        lines.add(server.numeric(end, asker.nick(), room.name().text(), "End of list"));
        return lines;
    }

    private static boolean isWord(String text) {
        return !text.isEmpty() && !text.startsWith(":") && text.indexOf(' ') < 0;
    }
}
