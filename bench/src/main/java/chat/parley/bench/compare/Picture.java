package chat.parley.bench.compare;

import java.util.List;
import java.util.Locale;

/// What was found, as a picture (SVG): bars, a group for each workload. Its colours follow the
/// reader's, light or dark.
final class Picture {

    private static final int WIDTH = 760;
    private static final int LEFT = 200; // names
    private static final int RIGHT = 150; // figures
    private static final int BAR = 18;
    private static final int GAP = 6;
    private static final int HEAD = 34;
    private static final int FOOT = 30;

    private static final String STYLE =
            """
            <style>
              text { font: 13px system-ui, sans-serif; fill: #1f2328; }
              .title { font-weight: 600; }
              .small { font-size: 11px; fill: #59636e; }
              .ours { fill: #1a7f64; }
              .other { fill: #8c959f; }
              .limit { fill: none; stroke: #8c959f; stroke-dasharray: 4 3; }
              @media (prefers-color-scheme: dark) {
                text { fill: #e6edf3; }
                .small { fill: #9198a1; }
                .ours { fill: #3fb68f; }
                .other { fill: #6e7681; }
                .limit { stroke: #9198a1; }
              }
            </style>
            """;

    private final Findings findings;
    private final StringBuilder svg = new StringBuilder();
    private int y;

    Picture(Findings findings) {
        this.findings = findings;
    }

    String of(Machine machine, List<Workload> workloads) {
        for (var workload : workloads) {
            group(workload);
        }
        y += FOOT;
        line(0, "small", machine.toString());
        y += GAP;
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                                + " width=\"%d\" role=\"img\"><title>%s</title>%n%s",
                        WIDTH,
                        y + GAP,
                        WIDTH,
                        "Parley beside other IRC servers",
                        STYLE)
                + svg
                + "</svg>\n";
    }

    private void group(Workload workload) {
        var servers =
                findings.servers().stream()
                        .filter(server ->
                                findings.median(workload.name(), server, workload.figure())
                                        .isPresent())
                        .toList();
        var most = servers.stream().mapToDouble(server -> value(workload, server)).max().orElse(1);
        y += HEAD;
        line(0, "title", workload.title() + (workload.more() ? "" : " (less is better)"));
        y += GAP;
        for (var server : servers) {
            y += BAR + GAP;
            bar(workload, server, most);
        }
    }

    private double value(Workload workload, String server) {
        return findings.median(workload.name(), server, workload.figure()).orElse(0);
    }

    private void bar(Workload workload, String server, double most) {
        var value = value(workload, server);
        var length = Math.max(1, Math.round((WIDTH - LEFT - RIGHT) * value / most));
        var kind =
                server.startsWith("parley") ? "ours" : server.equals("limit") ? "limit" : "other";
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\""
                                + " rx=\"2\"/>%n",
                        kind,
                        LEFT,
                        y - BAR + GAP,
                        length,
                        BAR));
        y += GAP / 2;
        line(0, kind.equals("ours") ? "title" : "", findings.title(server));
        line(
                (int) (LEFT + length + GAP),
                "",
                Workload.number(value) + " " + workload.unit().replace("deliveries/s", "/s"));
        y -= GAP / 2;
    }

    private void line(int x, String kind, String text) {
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>%n",
                        kind,
                        x,
                        y,
                        escaped(text)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
