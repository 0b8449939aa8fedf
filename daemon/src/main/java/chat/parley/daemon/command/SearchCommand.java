package chat.parley.daemon.command;

import chat.parley.daemon.chat.Channel;
import chat.parley.daemon.chat.Channels;
import chat.parley.daemon.chat.Directory;
import chat.parley.daemon.chat.Remembered;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.chat.User;
import chat.parley.daemon.session.Talker;
import chat.parley.daemon.store.ChannelLog.Kept;
import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.daemon.store.Search;
import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Message;
import chat.parley.protocol.MessageParser;
import chat.parley.protocol.Name;
import chat.parley.protocol.Parsed;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// SEARCH (soju.im/search): what was said, by its words, who said it, where and when; in the
/// channels that one is in and in one's own conversations, and nowhere else.
///
/// A place that one may not read is one in which nothing is found, whether it exists or not.
final class SearchCommand {

    /// Messages in one answer. With the longest lines this must fit into what may wait for a peer.
    static final int MOST_AT_ONCE = 100;

    private static final String NAME = "SEARCH";
    private static final String BATCH = "soju.im/search";

    /// soju.im/search, "Standard search attributes".
    private static final Set<String> ATTRIBUTES =
            Set.of("in", "from", "after", "before", "text", "limit");

    private final Channels channels;
    private final Directory directory;
    private final Search search;

    SearchCommand(Channels channels, Directory directory, Search search) {
        this.channels = channels;
        this.directory = directory;
        this.search = search;
    }

    CommandSpec row() {
        // Without required parameters: it has a code of its own for what is missing.
        return CommandSpec.row(
                NAME,
                "[<attribute>=<value>{;<attribute>=<value>}]",
                5,
                "looks for what was said: in, from, after, before, text, limit",
                this::run);
    }

    private void run(Talker talker, Message message, Reply reply) throws InterruptedException {
        var attributes = attributes(message.param(0));
        var wrong = attributes.isEmpty() ? Optional.of("") : unreadable(attributes);
        if (wrong.isPresent()) {
            reply.fail(NAME, "INVALID_PARAMS", Server.shown(wrong.get()), "Invalid parameters");
            return;
        }
        try {
            answer(talker, attributes, reply);
        } catch (IOException _) { // the log has said why; here it is an answer
            reply.fail(NAME, "INTERNAL_ERROR", "The search could not be run");
        }
    }

    /// They are written as message tags are. Without any, nothing could be read.
    private static Map<String, String> attributes(String given) {
        return !given.isEmpty()
                        && MessageParser.parse("@" + given.replace(" ", "\\s") + " " + NAME)
                                instanceof Parsed.Good(var parsed)
                ? parsed.tags()
                : Map.of();
    }

    /// An attribute that is none, or whose value cannot be read.
    private static Optional<String> unreadable(Map<String, String> attributes) {
        for (var key : attributes.keySet()) {
            var value = attributes.getOrDefault(key, "");
            var readable =
                    switch (key) {
                        case "limit" -> value.matches("0*[1-9][0-9]{0,8}");
                        case "after", "before" -> moment(attributes, key).isPresent();
                        default -> ATTRIBUTES.contains(key);
                    };
            if (!readable) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    private static Optional<Instant> moment(Map<String, String> attributes, String key) {
        return Optional.ofNullable(attributes.get(key))
                .flatMap(time -> Timestamp.of("timestamp=" + time));
    }

    private void answer(Talker talker, Map<String, String> attributes, Reply reply)
            throws IOException, InterruptedException {
        var words = words(attributes.getOrDefault("text", ""));
        var hopeless = words.isEmpty() && attributes.containsKey("text");
        var limit = Integer.parseInt(attributes.getOrDefault("limit", "100"));
        var wanted =
                new Search.Wanted(
                        words,
                        Optional.ofNullable(attributes.get("from")),
                        moment(attributes, "after"),
                        moment(attributes, "before"),
                        Math.min(MOST_AT_ONCE, limit));
        Optional<List<Kept>> found;
        long renames;
        do { // or a name might be another channel's by the time that it is looked for
            renames = channels.renames();
            var where = where(talker.user(), attributes.get("in"));
            found =
                    hopeless || where.isEmpty()
                            ? Optional.of(List.of())
                            : search.find(where.get(), wanted);
        } while (channels.renames() != renames);
        if (found.isEmpty()) {
            reply.fail(NAME, "INTERNAL_ERROR", "That took too long: look for something rarer");
            return;
        }
        reply.batch(List.of(BATCH), found.get().stream().map(Remembered::event).toList());
    }

    /// What has neither a letter nor a digit in it is no word.
    private static List<String> words(String text) {
        return Arrays.stream(text.split("\\s+", -1))
                .filter(word -> word.codePoints().anyMatch(Character::isLetterOrDigit))
                .toList();
    }

    /// Where this user may look; empty for a place it may not read.
    private Optional<Search.Scope> where(User user, @Nullable String in) {
        var account = CaseMapping.fold(user.account());
        var since = user.person().since();
        if (in == null) {
            var mine =
                    user.channels().stream().map(Channel::name).map(Name.Channel::folded).toList();
            return Optional.of(new Search.Scope(account, since, mine, Optional.empty()));
        }
        return stream(user, in)
                .map(stream -> new Search.Scope(account, since, List.of(), Optional.of(stream)));
    }

    private Optional<Stream> stream(User user, String in) {
        if (Name.looksLikeChannel(in)) {
            return Name.Channel.of(in)
                    .flatMap(channels::find)
                    .filter(channel -> user.channels().contains(channel))
                    .map(channel -> new Stream.OfChannel(channel.name().folded()));
        }
        // Somebody who is not here is meant by the account's name, which is the nick mostly.
        var other = directory.find(in).map(User::account).orElse(in);
        return Name.Nick.of(in)
                .map(_ ->
                        Stream.OfPair.of(
                                CaseMapping.fold(user.account()), CaseMapping.fold(other)));
    }
}
