package chat.parley.client.model;

import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Name;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;

/// Lines are shown in the order of the history: as long as a place is asked what was said there
/// meanwhile, what is heard live there waits for the answer, and so does what the person says.
///
/// Bounded: what comes beyond [#MOST] or [#HEAVIEST] is shown as it comes; neither a daemon that
/// does not answer within [#PATIENCE] nor a history of more than [#LONG] lines keeps anybody from
/// speaking.
final class Order {

    /// Messages that wait, of all places together.
    static final int MOST = 500;

    /// Characters of them.
    static final int HEAVIEST = 1_000_000;

    private static final int LONG = 500;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Order() {}

    static boolean isCatchingUp(Model model, String place, Instant now) {
        return model.asking()
                .any(one -> CaseMapping.same(one.target(), place) && isWaitedFor(one, now));
    }

    private static boolean isWaitedFor(Fetch fetch, Instant now) {
        return switch (fetch.kind()) {
            case LATEST, AFTER ->
                    fetch.shown() < LONG
                            && !now.isBefore(fetch.since()) // a clock that was put back
                            && now.isBefore(fetch.since().plus(PATIENCE));
            case OLDER, SCROLLED, TARGETS -> false;
        };
    }

    /// Whether a message from the daemon has to wait.
    static boolean holds(Model model, Heard heard, Instant now) {
        return hasRoom(model)
                && switch (heard.message().command()) {
                    case "PRIVMSG", "NOTICE", "TAGMSG", "REDACT" ->
                            isCatchingUp(model, place(model, heard), now);
                    default -> false;
                };
    }

    private static boolean hasRoom(Model model) {
        var held = model.asking().held();
        return held.size() < MOST && held.stream().mapToInt(Heard::weight).sum() < HEAVIEST;
    }

    private static String place(Model model, Heard heard) {
        var target = heard.message().param(0);
        return Name.looksLikeChannel(target) || !model.isMe(target)
                ? target
                : heard.message().sourceName();
    }

    /// What waits no more.
    static Step goOn(Step step, Instant now) {
        if (step.model().asking().held().isEmpty()) {
            return step;
        }
        var next = step;
        var rest = new ArrayList<Heard>();
        for (var heard : step.model().asking().held()) {
            if (isCatchingUp(next.model(), place(next.model(), heard), now)) {
                rest.add(heard);
            } else {
                next = next.then(Hearing.single(next.model(), heard, now));
            }
        }
        return next.with(next.model().with(next.model().asking().holding(rest)));
    }
}
