package chat.parley.daemon.chat;

import chat.parley.daemon.store.ChannelLog;
import chat.parley.daemon.store.ChannelLog.Entry;
import chat.parley.daemon.store.ChannelLog.Kept;
import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.protocol.Capabilities;
import chat.parley.protocol.Capability;
import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Message;
import chat.parley.protocol.MessageParser;
import chat.parley.protocol.MessagePrinter;
import chat.parley.protocol.Parsed;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What happens in a channel as it is kept in the log, and heard again from there.
///
/// An entry has a target and one text, which for PRIVMSG and NOTICE is as [Lines] has it. The
/// parameters of a KICK, a MODE or a NICK after the channel stand in the text with spaces between
/// them; only the last of a KICK may hold spaces itself. So do all those of a RENAME.
///
/// Pure functions; any thread.
public final class Remembered {

    /// What is told to all who share a channel, and happened in each of these channels.
    private static final Set<String> TOLD_EVERYWHERE = Set.of("NICK", "QUIT");

    /// Client-only tags that say how things are at this moment and are worth nothing later.
    private static final Set<String> PASSING = Set.of("+typing", "+draft/typing");

    private static final String ACTION = "\u0001ACTION ";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("'['uuuu-MM-dd HH:mm'Z] '").withZone(ZoneOffset.UTC);

    private Remembered() {}

    /// A JOIN, as each may hear it (IRCv3 extended-join).
    record Join(String source, String channel, String account, String realName) {

        Message with(Capabilities receiver) {
            return receiver.has(Capability.EXTENDED_JOIN)
                    ? Message.from(source, "JOIN", channel, account, realName)
                    : Message.from(source, "JOIN", channel);
        }
    }

    /// Whether a TAGMSG with these tags is part of the conversation.
    public static boolean lasts(Map<String, String> clientTags) {
        return clientTags.keySet().stream().anyMatch(tag -> !PASSING.contains(tag));
    }

    /// The tags to keep with what somebody said: those it gave, and that it is a bot (IRCv3
    /// bot-mode), which it may not be later.
    static String tags(User by, Map<String, String> clientTags) {
        if (!by.actor().bot()) {
            return MessagePrinter.tags(clientTags);
        }
        var tags = new LinkedHashMap<>(Map.of("bot", ""));
        tags.putAll(clientTags);
        return MessagePrinter.tags(tags);
    }

    // ---- into the log

    static Entry join(Room room, User user, Instant at) {
        return entry(room, at, user.account(), user.source(), "JOIN", user.profile().realName());
    }

    /// A message whose first parameter is the channel.
    static Entry entry(Room room, Message message, User by, Instant at) {
        var params = message.params();
        var text = String.join(" ", params.subList(Math.min(1, params.size()), params.size()));
        return entry(room, at, by.account(), by.source(), message.command(), text);
    }

    /// Another name. The channel has it already; the text says both.
    static Entry rename(Room room, Message message, User by, Instant at) {
        var text = String.join(" ", message.params());
        return entry(room, at, by.account(), by.source(), message.command(), text);
    }

    /// Something told about a member; null if it is not for the log.
    static @Nullable Entry entry(Room room, Event told, Instant at) {
        var message = told.same();
        return message != null
                        && message.source() != null
                        && TOLD_EVERYWHERE.contains(message.command())
                ? entry(
                        room,
                        at,
                        told.actor().account(),
                        message.source(),
                        message.command(),
                        message.param(0))
                : null;
    }

    private static Entry entry(
            Room room, Instant at, String account, String source, String command, String text) {
        return new Entry(
                new Stream.OfChannel(room.name().folded()),
                at,
                account,
                source,
                command,
                room.name().text(),
                text,
                "");
    }

    // ---- out of the log

    /// Whether what was kept by a key is what was said by it now.
    static boolean isTheSame(Kept kept, Entry now) {
        return kept.entry().command().equals(now.command())
                && kept.entry().text().equals(now.text());
    }

    /// What was kept, to be heard again: with its time, its msgid, its account and its tags.
    public static Event event(Kept kept) {
        var entry = kept.entry();
        var actor = Event.Actor.past(entry.account());
        return event(entry, actor).withTags(tags(entry.clientTags())).kept(kept.id());
    }

    /// The same for who is not told times otherwise: the text begins with its time, in UTC.
    public static Event stamped(Kept kept) {
        var entry = kept.entry();
        var text = entry.text();
        var from = text.startsWith(ACTION) ? ACTION.length() : 0;
        var stamped = text.substring(0, from) + STAMP.format(entry.at()) + text.substring(from);
        return event(new Kept(kept.sequence(), kept.id(), entry.saying(stamped)));
    }

    private static Event event(Entry entry, Event.Actor actor) {
        return switch (entry.command()) {
            case "TAGMSG" ->
                    Event.onlyWith(
                            Capability.MESSAGE_TAGS,
                            message(entry, List.of(target(entry))),
                            actor,
                            entry.at());
            case "RENAME" ->
                    Event.onlyWith(
                            Capability.CHANNEL_RENAME,
                            message(entry, List.of(entry.text().split(" ", 3))),
                            actor,
                            entry.at());
            case ChannelLog.REDACT ->
                    Event.onlyWith(
                            Capability.MESSAGE_REDACTION,
                            Redactions.message(entry.source(), target(entry), entry.text()),
                            actor,
                            entry.at());
            case "PRIVMSG", "NOTICE" ->
                    Event.said(
                            entry.source(),
                            entry.command(),
                            target(entry),
                            entry.text(),
                            actor,
                            entry.at());
            case "JOIN" -> {
                var join = new Join(entry.source(), target(entry), entry.account(), entry.text());
                yield Event.of(
                        Capabilities.of(Capability.EXTENDED_JOIN),
                        receiver -> List.of(join.with(receiver)),
                        actor,
                        entry.at());
            }
            default -> Event.of(message(entry, params(entry)), actor, entry.at());
        };
    }

    /// A channel is called what it is called now: its log goes with it when it is renamed.
    public static String target(Entry entry) {
        return entry.stream() instanceof Stream.OfChannel(var folded)
                        && !CaseMapping.same(entry.target(), folded)
                ? folded
                : entry.target();
    }

    private static Message message(Entry entry, List<String> params) {
        return Message.from(entry.source(), entry.command(), params);
    }

    private static List<String> params(Entry entry) {
        var text = entry.text();
        var params = new ArrayList<String>();
        switch (entry.command()) {
            case "NICK", "QUIT" -> params.add(text);
            case "KICK" -> {
                params.add(target(entry));
                params.addAll(List.of(text.split(" ", 2)));
            }
            case "MODE" -> {
                params.add(target(entry));
                params.addAll(List.of(text.split(" ", -1)));
            }
            case "PART" -> {
                params.add(target(entry));
                if (!text.isEmpty()) {
                    params.add(text);
                }
            }
            default -> {
                params.add(target(entry));
                params.add(text);
            }
        }
        return params;
    }

    private static Map<String, String> tags(String kept) {
        return !kept.isEmpty()
                        && MessageParser.parse("@" + kept + " TAGMSG")
                                instanceof Parsed.Good(var message)
                ? message.tags()
                : Map.of();
    }
}
