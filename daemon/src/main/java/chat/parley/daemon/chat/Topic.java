package chat.parley.daemon.chat;

import chat.parley.daemon.store.ChannelLog;
import java.time.Instant;

/// What a channel is about, and who said so when. An empty text is no topic.
record Topic(String text, String by, Instant at) {

    static final Topic NONE = new Topic("", "", Instant.EPOCH);

    static Topic of(ChannelLog.Kept kept) {
        var entry = kept.entry();
        return new Topic(entry.text(), entry.source(), entry.at());
    }
}
