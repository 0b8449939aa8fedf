package chat.parley.client;

import chat.parley.client.arguments.Completes;
import chat.parley.client.arguments.Given;
import chat.parley.client.arguments.Mode;
import chat.parley.client.arguments.Option;
import chat.parley.client.arguments.Section;
import chat.parley.client.arguments.WrongUse;
import java.util.List;
import java.util.Map;

/// `parley history TARGET`.
final class HistoryArguments implements Spoken {

    /// Also of `search`.
    static final Option<Moment> BEFORE =
            Option.of("--before", "TIME|ID", TailArguments::moment, "only what was said before");

    static final Option<Long> LIMIT =
            Option.of(
                    "--limit",
                    "N",
                    Values::number,
                    "at most N, else 50: the newest, or with --since the first, of which there are else"
                            + " as many as there are");

    @Override
    public Mode mode() {
        return new Mode(
                "history",
                "TARGET",
                1,
                1,
                List.of(Completes.nothing()),
                "print what was said, and end",
                "Prints what was said in a channel you are in, or between you and somebody, the oldest"
                        + " first, and ends. With nothing to print it ends with 0 all the same.",
                List.of(
                        Section.of(
                                "Options", LIMIT, TailArguments.SINCE, BEFORE, TailArguments.JSON)),
                ConnectionArguments.SECTIONS,
                List.of(
                        "parley history '#lobby' --limit 200",
                        "parley history ann --since 2026-11-01 --before 2026-12-01 --json"));
    }

    @Override
    public Request request(Given.Asked given, Map<String, String> environment) throws WrongUse {
        return new Request.History(
                ConnectionArguments.connection(given, environment),
                Values.name("TARGET", given.words().getFirst()),
                given.value(TailArguments.SINCE),
                given.value(BEFORE),
                given.value(LIMIT),
                given.has(TailArguments.JSON));
    }
}
