package chat.parley.daemon.store;

import chat.parley.daemon.store.ChannelLog.Entry;
import chat.parley.daemon.store.ChannelLog.Kept;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// How much is read at once: so many entries, and not more than they may come to on the wire. A
/// hundred messages of several lines would be too much for what may wait for a peer
/// (`limits.send-queue`), and who asks for them would be ended.
///
/// @param bytes of all entries together
/// @param atLeastOne whether one alone may be more
record Most(int entries, int bytes, boolean atLeastOne) {

    /// What is asked for: half of the usual send-queue.
    private static final int ASKED_FOR = 256 * 1024;

    /// What is told unasked: a device is told of many channels in a row.
    private static final int UNASKED = 128 * 1024;

    /// Of each line: a time, a msgid, an account and a batch, their names, CR LF.
    private static final int AROUND_A_LINE = 160;

    static Most askedFor(int entries) {
        return new Most(entries, ASKED_FOR, true);
    }

    static Most unasked(int entries) {
        return new Most(entries, UNASKED, true);
    }

    /// What is told unasked of one of several streams: together they are half of the usual
    /// send-queue, whatever is in them.
    static Most share(int entries, int streams) {
        return new Most(entries, Math.min(UNASKED, ASKED_FOR / streams), false);
    }

    /// For two parts of one answer.
    Most half() {
        return new Most(entries, bytes / 2, atLeastOne);
    }

    /// The first of these, as many as there may be.
    List<Kept> of(List<Kept> all) {
        var left = (long) bytes;
        for (var i = 0; i < all.size(); i++) {
            left -= weight(all.get(i).entry());
            if (left < 0) {
                return all.subList(0, Math.max(atLeastOne ? 1 : 0, i));
            }
        }
        return all;
    }

    /// Who does not know messages of several lines gets each with all the tags.
    private static long weight(Entry entry) {
        var lines = 1 + entry.text().chars().filter(c -> c == '\n' || c == '\r').count();
        var each =
                AROUND_A_LINE
                        + entry.source().length()
                        + entry.account().length()
                        + bytes(entry.target())
                        + bytes(entry.clientTags());
        return lines * each + bytes(entry.text());
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
