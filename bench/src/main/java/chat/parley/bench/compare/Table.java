package chat.parley.bench.compare;

import java.util.List;
import java.util.OptionalDouble;

/// What was found, as Markdown: a table for each workload, a row for each server.
final class Table {

    private final Findings findings;

    Table(Findings findings) {
        this.findings = findings;
    }

    String of(Machine machine, int rounds, List<Workload> workloads) {
        var text = new StringBuilder();
        text.append("Measured by `bench/compare`, ")
                .append(machine)
                .append(". The middle of ")
                .append(rounds)
                .append(rounds == 1 ? " round" : " rounds")
                .append("; ratios are to InspIRCd in the same round.\n");
        for (var workload : workloads) {
            text.append("\n**").append(workload.title()).append("**\n\n");
            text.append(
                    "| server | "
                            + workload.unit()
                            + " | ratio | p50 ms | p99 ms | server's CPU µs a delivery | RSS MB |\n"
                            + "|---|--:|--:|--:|--:|--:|--:|\n");
            for (var server : findings.servers()) {
                row(text, workload, server);
            }
        }
        for (var server : findings.servers()) {
            if (findings.faults(server) > 0) {
                text.append("\nLost, doubled or ended in ")
                        .append(findings.faults(server))
                        .append(" measurements of ")
                        .append(findings.title(server))
                        .append(".\n");
            }
        }
        return text.toString();
    }

    private void row(StringBuilder text, Workload workload, String server) {
        var figure = findings.median(workload.name(), server, workload.figure());
        if (figure.isEmpty()) {
            return;
        }
        text.append("| ").append(findings.title(server));
        cell(text, figure);
        cell(text, findings.ratio(workload.name(), server, workload.figure()));
        for (var other : List.of("p50-ms", "p99-ms", "server-cpu-us/delivery", "rss-mb")) {
            cell(text, findings.median(workload.name(), server, other));
        }
        text.append(" |\n");
    }

    private static void cell(StringBuilder text, OptionalDouble value) {
        text.append(" | ");
        value.ifPresent(number -> text.append(Workload.number(number)));
    }
}
