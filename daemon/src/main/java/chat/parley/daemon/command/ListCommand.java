package chat.parley.daemon.command;

import chat.parley.daemon.chat.Channel;
import chat.parley.daemon.chat.Channels;
import chat.parley.daemon.chat.Mask;
import chat.parley.daemon.session.Talker;
import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import chat.parley.protocol.Numeric;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// LIST, with the conditions of ELIST=CMNTU (Modern IRC, "LIST message").
final class ListCommand {

    /// `>3` and `<3` members; `C>60` created over an hour ago; `T<60` topic changed within an hour.
    private static final Pattern CONDITION = Pattern.compile("([CT]?)([<>])(\\d{1,9})");

    private final Channels channels;
    private final Clock clock;

    ListCommand(Channels channels, Clock clock) {
        this.channels = channels;
        this.clock = clock;
    }

    CommandSpec row() {
        return CommandSpec.row(
                "LIST", "[<condition>{,<condition>}]", 3, "shows the channels", this::list);
    }

    private void list(Talker talker, Message message, Reply reply) {
        var fits = conditions(Shown.list(message, 0));
        reply.numeric(Numeric.RPL_LISTSTART, "Channel", "Users  Name");
        for (var channel : channels.all()) {
            var summary = channel.summary();
            if (summary.members() > 0 && channel.isVisibleTo(talker.user()) && fits.test(channel)) {
                reply.numeric(
                        Numeric.RPL_LIST,
                        channel.name().text(),
                        Integer.toString(summary.members()),
                        summary.topic().text());
            }
        }
        reply.numeric(Numeric.RPL_LISTEND, "End of /LIST");
    }

    /// All numbers must hold; of the names and masks, one.
    private Predicate<Channel> conditions(List<String> given) {
        var now = clock.instant();
        Predicate<Channel> all = _ -> true;
        var names = new ArrayList<Predicate<Channel>>();
        for (var word : given) {
            var numbers = CONDITION.matcher(word);
            if (numbers.matches()) {
                all =
                        all.and(
                                number(
                                        numbers.group(1),
                                        numbers.group(2).equals(">"),
                                        Integer.parseInt(numbers.group(3)),
                                        now));
            } else if (word.startsWith("!")) {
                all = all.and(named(word.substring(1)).negate());
            } else {
                names.add(named(word));
            }
        }
        return names.isEmpty()
                ? all
                : all.and(channel -> names.stream().anyMatch(name -> name.test(channel)));
    }

    private static Predicate<Channel> number(String what, boolean more, int count, Instant now) {
        return switch (what) {
            case "C" -> channel -> isOlder(channel.summary().createdAt(), more, count, now);
            case "T" ->
                    channel ->
                            !channel.summary().topic().text().isEmpty()
                                    && isOlder(channel.summary().topic().at(), more, count, now);
            default ->
                    channel ->
                            more
                                    ? channel.summary().members() > count
                                    : channel.summary().members() < count;
        };
    }

    private static boolean isOlder(Instant at, boolean more, int minutes, Instant now) {
        var age = Duration.between(at, now);
        var bound = Duration.ofMinutes(minutes);
        return more ? age.compareTo(bound) > 0 : age.compareTo(bound) < 0;
    }

    private static Predicate<Channel> named(String mask) {
        return mask.contains("*") || mask.contains("?")
                ? channel -> Mask.matches(mask, channel.name().text())
                : channel -> Name.Channel.of(mask).filter(channel.name()::equals).isPresent();
    }
}
