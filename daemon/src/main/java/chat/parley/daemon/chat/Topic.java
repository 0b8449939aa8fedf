package chat.parley.daemon.chat;

import chat.parley.daemon.store.ChannelLog;
import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import chat.parley.protocol.Numeric;
import java.time.Instant;
import java.util.List;

/// What a channel is about, and who said so when. An empty text is no topic.
public record Topic(String text, String by, Instant at) {

    static final Topic NONE = new Topic("", "", Instant.EPOCH);

    static Topic of(ChannelLog.Kept kept) {
        var entry = kept.entry();
        return new Topic(entry.text(), entry.source(), entry.at());
    }

    /// RPL_TOPIC and RPL_TOPICWHOTIME.
    List<Message> lines(Server server, String nick, Name.Channel channel) {
        return List.of(
                server.numeric(Numeric.RPL_TOPIC, nick, channel.text(), text),
                server.numeric(
                        Numeric.RPL_TOPICWHOTIME,
                        nick,
                        channel.text(),
                        by,
                        Long.toString(at.getEpochSecond())));
    }
}
