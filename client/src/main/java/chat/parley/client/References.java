package chat.parley.client;

import chat.parley.protocol.Message;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/// By what a server lets one name a message that CHATHISTORY is to begin at: its msgid, or its time
/// alone, as soju does (005 MSGREFTYPES, IRCv3 chathistory). For one thread.
final class References {

    private static final String TOKEN = "MSGREFTYPES=";

    private boolean areIds = true; // where a server does not say

    /// Takes notice if it is a 005.
    void hear(Message message) {
        if (!message.command().equals("005")) {
            return;
        }
        for (var token : message.params()) {
            if (token.startsWith(TOKEN) && token.length() > TOKEN.length()) {
                areIds = List.of(token.substring(TOKEN.length()).split(",", -1)).contains("msgid");
            }
        }
    }

    boolean areIds() {
        return areIds;
    }

    /// What to ask for what came after it, as CHATHISTORY takes it. By time it begins a moment
    /// before: there may be others of the same moment, and what comes twice is known by its key.
    String after(Assembly.Whole whole, Instant now) {
        return areIds && !whole.id().isEmpty()
                ? "msgid=" + whole.id()
                : Moment.timestamp(time(whole, now).minusMillis(1));
    }

    /// The same for what came before it.
    String before(Assembly.Whole whole, Instant now) {
        return areIds && !whole.id().isEmpty()
                ? "msgid=" + whole.id()
                : Moment.timestamp(time(whole, now).plusMillis(1));
    }

    private static Instant time(Assembly.Whole whole, Instant now) {
        try {
            return Instant.parse(whole.first().tags().getOrDefault("time", ""));
        } catch (DateTimeException _) { // the server's mistake: then it is of now
            return now;
        }
    }
}
