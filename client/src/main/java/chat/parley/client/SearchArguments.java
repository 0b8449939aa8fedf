package chat.parley.client;

import chat.parley.client.arguments.Completes;
import chat.parley.client.arguments.Given;
import chat.parley.client.arguments.Mode;
import chat.parley.client.arguments.Option;
import chat.parley.client.arguments.Section;
import chat.parley.client.arguments.WrongUse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `parley search WORDS`.
final class SearchArguments implements Spoken {

    private static final long MOST = 100;

    private static final Option<String> IN =
            Option.of(
                    "--in",
                    "TARGET",
                    Values::name,
                    "only in this channel, or between you and NICK");

    private static final Option<String> FROM =
            Option.of("--from", "NICK", Values::name, "only what NICK said");

    @Override
    public Mode mode() {
        return new Mode(
                "search",
                "WORD…",
                1,
                Mode.ANY,
                List.of(Completes.nothing()),
                "find what was said",
                "Finds messages that have all the words, in any order, where you may read; prints them,"
                        + " the oldest first. At most a hundred: the newest, or with --since the first."
                        + " It ends with 1 if there are none.",
                List.of(
                        Section.of(
                                "Options",
                                IN,
                                FROM,
                                TailArguments.SINCE,
                                HistoryArguments.BEFORE,
                                HistoryArguments.LIMIT,
                                TailArguments.JSON)),
                ConnectionArguments.SECTIONS,
                List.of("parley search kettle on --in '#tea' --since 30d"));
    }

    @Override
    public Request request(Given.Asked given, Map<String, String> environment) throws WrongUse {
        var limit = given.value(HistoryArguments.LIMIT).orElse(MOST);
        if (limit > MOST) {
            throw new WrongUse("--limit of search is 100 at most: " + limit);
        }
        return new Request.Search(
                ConnectionArguments.connection(given, environment),
                words(String.join(" ", given.words())),
                given.value(IN),
                given.value(FROM),
                time(given, TailArguments.SINCE),
                time(given, HistoryArguments.BEFORE),
                limit,
                given.has(TailArguments.JSON));
    }

    private static String words(String given) throws WrongUse {
        if (given.isBlank() || given.chars().anyMatch(Character::isISOControl)) {
            throw new WrongUse("there is no word to look for");
        }
        return given;
    }

    private static Optional<Instant> time(Given.Asked given, Option<Moment> option)
            throws WrongUse {
        var moment = given.value(option);
        if (moment.isPresent() && !(moment.get() instanceof Moment.Time)) {
            throw new WrongUse(option.name() + " of search takes a time");
        }
        return moment.map(one -> ((Moment.Time) one).at());
    }
}
