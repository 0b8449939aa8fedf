package chat.parley.client;

import chat.parley.client.arguments.Completes;
import chat.parley.client.arguments.Given;
import chat.parley.client.arguments.Mode;
import chat.parley.client.arguments.Option;
import chat.parley.client.arguments.Section;
import chat.parley.client.arguments.WrongUse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// `parley tail TARGET`.
final class TailArguments implements Spoken {

    static final Option<Boolean> JSON =
            Option.flag(
                    "--json", "one object a line: time, id, channel, from, account, kind, text");

    private static final Option<Long> COUNT =
            Option.of("-n, --count", "N", Values::number, "end after N messages");

    private static final Option<Duration> FOR =
            Option.of("--for", "TIME", Values::duration, "end after TIME, such as 30s, 5m, 1h");

    @Override
    public Mode mode() {
        return new Mode(
                "tail",
                "TARGET",
                1,
                1,
                List.of(Completes.nothing()),
                "print what is said, until interrupted",
                "",
                List.of(Section.of("Options", JSON, COUNT, FOR)),
                ConnectionArguments.SECTIONS,
                List.of());
    }

    @Override
    public Request request(Given.Asked given, Map<String, String> environment) throws WrongUse {
        return new Request.Tail(
                ConnectionArguments.connection(given, environment),
                Values.name("TARGET", given.words().getFirst()),
                given.has(JSON),
                given.value(COUNT),
                given.value(FOR));
    }
}
