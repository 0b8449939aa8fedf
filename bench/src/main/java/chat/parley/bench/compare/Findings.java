package chat.parley.bench.compare;

import chat.parley.bench.report.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/// What was found, in every round, asked by workload and server.
final class Findings {

    /// What others are measured by.
    static final String PEER = "inspircd";

    private record Finding(String workload, int round, Result result) {}

    private final List<Finding> all = new ArrayList<>();

    void add(String workload, int round, Result result) {
        all.add(new Finding(workload, round, result));
    }

    /// The servers, in the order in which they were first measured.
    List<String> servers() {
        return all.stream().map(finding -> finding.result.text("server")).distinct().toList();
    }

    /// With its version.
    String title(String server) {
        var version =
                all.stream()
                        .filter(finding -> finding.result.text("server").equals(server))
                        .map(finding -> finding.result.text("version"))
                        .findFirst()
                        .orElse("");
        return switch (server) {
            case "parley-commit" -> "Parley " + version + ", commit";
            case "parley-process" -> "Parley " + version + ", process";
            case "inspircd" -> "InspIRCd " + version;
            case "ngircd" -> "ngIRCd " + version;
            case "ergo" -> "Ergo " + version;
            case "limit" -> "the limit (C, " + version + ")";
            default -> server;
        };
    }

    private DoubleStream figures(String workload, String server, String figure) {
        return all.stream()
                .filter(one -> one.workload.equals(workload))
                .filter(one -> one.result.text("server").equals(server))
                .filter(one -> one.result.has(figure))
                .mapToDouble(one -> one.result.number(figure));
    }

    /// The middle one of all rounds.
    OptionalDouble median(String workload, String server, String figure) {
        return median(figures(workload, server, figure).toArray());
    }

    /// The middle one of the ratios to the peer, each of one round.
    OptionalDouble ratio(String workload, String server, String figure) {
        var ratios = DoubleStream.builder();
        for (var one : all) {
            if (one.workload.equals(workload)
                    && one.result.text("server").equals(server)
                    && one.result.has(figure)) {
                all.stream()
                        .filter(peer -> peer.workload.equals(workload) && peer.round == one.round)
                        .filter(peer -> peer.result.text("server").equals(PEER))
                        .filter(peer -> peer.result.has(figure))
                        .mapToDouble(peer -> one.result.number(figure) / peer.result.number(figure))
                        .forEach(ratios);
            }
        }
        return median(ratios.build().toArray());
    }

    /// Whether every measurement of a server was without a loss, and what there was.
    long faults(String server) {
        return all.stream()
                .filter(one -> one.result.text("server").equals(server) && !one.result.isSound())
                .count();
    }

    private static OptionalDouble median(double[] values) {
        if (values.length == 0) {
            return OptionalDouble.empty();
        }
        Arrays.sort(values);
        return OptionalDouble.of((values[(values.length - 1) / 2] + values[values.length / 2]) / 2);
    }
}
