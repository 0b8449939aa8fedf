package chat.parley.client.model;

import chat.parley.protocol.Message;
import java.time.Instant;

/// Notices a link that is dead before its silence would show it: after a sleep of the computer, in
/// another network.
///
/// A clock that jumped between two ticks means that the computer slept. A live link answers a PING
/// within seconds; else it is dialled anew, and nobody waits for a backoff that slept too.
final class Alarm {

    private Alarm() {}

    static Step tick(Step step, Instant now) {
        var pulse = step.model().pulse();
        if (pulse.jumped(now)) {
            return doubt(step, now);
        }
        var seen = step.with(step.model().with(pulse.at(now)));
        if (!step.model().isUp()) {
            return seen;
        }
        if (pulse.isOver(now)) {
            return seen.with(seen.model().with(pulse.at(now).gone()))
                    .note("no answer since this computer slept or moved; dialling anew")
                    .then(new Effect.Reconnect());
        }
        return pulse.isDue(now)
                ? seen.with(seen.model().with(pulse.at(now).asked(now)))
                        .send(Message.of("PING", Answers.LAG))
                : seen;
    }

    /// The link may be dead.
    static Step doubt(Step step, Instant now) {
        var model = step.model();
        return switch (model.standing()) {
            case UP ->
                    step.with(model.with(model.pulse().doubted(now)))
                            .send(Message.of("PING", Answers.LAG));
            case DOWN -> step.with(model.with(model.pulse().at(now))).then(new Effect.Reconnect());
            case NOT_YET -> step.with(model.with(model.pulse().at(now)));
        };
    }
}
