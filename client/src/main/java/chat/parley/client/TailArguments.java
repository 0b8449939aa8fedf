package chat.parley.client;

import chat.parley.client.arguments.Completes;
import chat.parley.client.arguments.Given;
import chat.parley.client.arguments.Mode;
import chat.parley.client.arguments.Option;
import chat.parley.client.arguments.Section;
import chat.parley.client.arguments.WrongUse;
import chat.parley.protocol.CaseMapping;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `parley tail TARGET…`.
final class TailArguments implements Spoken {

    static final Option<Boolean> JSON =
            Option.flag("--json", "one JSON object a line, as docs/JSON.md says");

    /// Also of `history` and `search`.
    static final Option<Moment> SINCE =
            Option.of(
                    "--since",
                    "TIME|ID",
                    TailArguments::moment,
                    "from then on: 10m (ago), 14:30, 2026-11-21, 2026-11-21T14:30, 2026-11-21T14:30Z,"
                            + " or what comes after the message with this id");

    private static final Option<Boolean> FOLLOW =
            Option.flag(
                    "-f, --follow",
                    "go on from there, or from now, without gap and without double, whatever happens"
                            + " to the link");

    private static final Option<Long> COUNT =
            Option.of("-n, --count", "N", Values::number, "end after N messages");

    private static final Option<Duration> FOR =
            Option.of("--for", "TIME", Values::duration, "end after TIME, such as 30s, 5m, 1h");

    static Moment moment(String name, String given) throws WrongUse {
        return Moment.read(name, given, Clock.system(ZoneId.systemDefault()));
    }

    @Override
    public Mode mode() {
        return new Mode(
                "tail",
                "TARGET…",
                1,
                Mode.ANY,
                List.of(Completes.nothing()),
                "print what is said, as it is said",
                "Prints what is said, a line for each message, until it is interrupted, or nobody reads"
                        + " it any more.\n"
                        + "Without --since and --follow it begins with what this device missed: the"
                        + " daemon keeps count, of all tails of this configuration together, and"
                        + " tells each message once.\n"
                        + "With --since it prints what was said from then on, one target after the"
                        + " other, and ends. With --follow it goes on; after each break it asks for"
                        + " what came after the last message it printed, holds back what is said"
                        + " meanwhile, and prints each once. A server without draft/chathistory cannot"
                        + " be asked: --since is refused, and after a break the standard error"
                        + " says that there may be a gap. Neither touches what this device missed.",
                List.of(Section.of("Options", JSON, SINCE, FOLLOW, COUNT, FOR)),
                ConnectionArguments.SECTIONS,
                List.of(
                        "parley tail '#lobby'                        what was missed, and on",
                        "parley tail '#lobby' --since 1h             the last hour",
                        "parley tail '#a' '#b' ann --follow --json | jq -r .text"));
    }

    @Override
    public Request request(Given.Asked given, Map<String, String> environment) throws WrongUse {
        var targets = new ArrayList<String>();
        for (var word : given.words()) {
            var target = Values.name("TARGET", word);
            if (targets.stream().noneMatch(other -> CaseMapping.same(other, target))) {
                targets.add(target);
            }
        }
        return new Request.Tail(
                ConnectionArguments.connection(given, environment),
                List.copyOf(targets),
                given.has(JSON),
                given.value(SINCE),
                given.has(FOLLOW),
                given.value(COUNT),
                given.value(FOR));
    }
}
