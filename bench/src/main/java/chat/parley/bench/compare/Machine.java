package chat.parley.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/// Where and when it was measured.
///
/// @param load how busy the machine was before: the average of the last minute
record Machine(LocalDate date, String processor, int cores, long gib, String system, double load) {

    static Machine here() throws IOException {
        return new Machine(
                LocalDate.now(ZoneOffset.UTC),
                value(Path.of("/proc/cpuinfo"), "model name", "an unnamed processor"),
                Runtime.getRuntime().availableProcessors(),
                Math.round(
                        Long.parseLong(
                                        value(Path.of("/proc/meminfo"), "MemTotal", "0")
                                                .replaceAll("[^0-9]", ""))
                                / 1048576.0),
                value(Path.of("/etc/os-release"), "PRETTY_NAME", "Linux").replace("\"", "")
                        + ", Linux "
                        + System.getProperty("os.version")
                        + ", Java "
                        + Runtime.version(),
                Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]));
    }

    private static String value(Path file, String name, String otherwise) throws IOException {
        if (!Files.exists(file)) {
            return otherwise;
        }
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.replaceFirst("^[^:=]*[:=]\\s*", "").strip())
                .findFirst()
                .orElse(otherwise);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: %s, %d cores, %d GiB; %s; load before %.2f",
                date,
                processor,
                cores,
                gib,
                system,
                load);
    }
}
