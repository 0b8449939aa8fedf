package chat.parley.bench.scenario;

import chat.parley.bench.report.Result;
import chat.parley.bench.report.Samples;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// What calls of each kind cost, round after round, and how the daemon's stand beside those of a
/// bare server.
final class LoginCosts {

    /// What a call is for.
    enum Kind {
        /// At the daemon, up to the welcome, from where the account has never been.
        LOGIN,
        /// The same from where it has been.
        KNOWN_LOGIN,
        /// At the bare server: a handshake, a hash, a line.
        BARE,
        /// At the daemon: a handshake, and a line that is answered to anybody.
        GREETING,
        /// At the bare server: a handshake and a line.
        HANDSHAKE,
        /// At the bare server: a hash, whoever asks for it.
        HASH;

        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// One call, on the average of a round.
    ///
    /// @param cpuMillis processor time of the server
    /// @param wallMillis as the client sees it; the middle one
    record Cost(double cpuMillis, double wallMillis) {

        double over(Cost other, ToDoubleFunction<Cost> of) {
            return of.applyAsDouble(this) / of.applyAsDouble(other);
        }

        /// What is left without another, of so many together.
        Cost without(Cost other, int together) {
            return new Cost(
                    (cpuMillis - other.cpuMillis) / together,
                    (wallMillis - other.wallMillis) / together);
        }
    }

    private final List<Map<Kind, Cost>> rounds = new ArrayList<>();

    /// @param round one of each kind
    void add(Map<Kind, Cost> round) {
        if (round.size() != Kind.values().length) {
            throw new IllegalArgumentException("a round has one of each kind: " + round.keySet());
        }
        rounds.add(new EnumMap<>(round));
    }

    /// The middle one of the rounds' figures, and of the ratios, each of one round.
    Result verdict() {
        var result = new Result();
        for (var kind : Kind.values()) {
            result.with(kind.text() + "-cpu-ms", middle(round -> cost(round, kind).cpuMillis))
                    .with(kind.text() + "-wall-ms", middle(round -> cost(round, kind).wallMillis));
        }
        withRatios(result, "", Kind.LOGIN, Kind.BARE);
        withRatios(result, "known-", Kind.KNOWN_LOGIN, Kind.BARE);
        withRatios(result, "greeting-", Kind.GREETING, Kind.HANDSHAKE);
        return result;
    }

    private void withRatios(Result result, String prefix, Kind ours, Kind bare) {
        result.with(
                        prefix + "cpu-ratio",
                        middle(round -> cost(round, ours).over(cost(round, bare), Cost::cpuMillis)))
                .with(
                        prefix + "wall-ratio",
                        middle(round ->
                                cost(round, ours).over(cost(round, bare), Cost::wallMillis)));
    }

    private static Cost cost(Map<Kind, Cost> round, Kind kind) {
        return round.getOrDefault(kind, new Cost(Double.NaN, Double.NaN));
    }

    private double middle(ToDoubleFunction<Map<Kind, Cost>> of) {
        return Samples.median(rounds.stream().mapToDouble(of).toArray());
    }
}
