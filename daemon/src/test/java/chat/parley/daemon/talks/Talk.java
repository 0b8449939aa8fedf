package chat.parley.daemon.talks;

import chat.parley.daemon.store.Account.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/// A conversation in a file, run against a whole daemon. What each line means is in the talks'
/// README.
final class Talk {

    private static final Pattern SPEAKS = Pattern.compile("(\\w+)> (.*)");
    private static final Pattern HEARS = Pattern.compile("(\\w+)<(<?) (.*)");
    private static final Pattern ENTERS =
            Pattern.compile("(login|connect) (\\w+)(?: as (\\w+))?(?: with (.*))?");

    private final List<String> lines;

    Talk(Path file) {
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    void run(Path dir) {
        var settings =
                lines.stream()
                        .filter(line -> line.startsWith("conf "))
                        .map(line -> "parley." + line.substring("conf ".length()))
                        .toArray(String[]::new);
        try (var here = new TestDaemon(dir, settings)) {
            all("operator").forEach(name -> here.account(name, Role.OPERATOR));
            all("admin").forEach(name -> here.account(name, Role.ADMIN));
            accounts().forEach(here::account);
            run(Stage.of(here, lines.contains("kill")), new TalkCodes(here.clock()));
        }
    }

    private void run(Stage stage, TalkCodes codes) {
        try (stage) {
            var wires = new HashMap<String, Wire>();
            try {
                for (var i = 0; i < lines.size(); i++) {
                    try {
                        play(lines.get(i).strip(), stage, wires, codes);
                    } catch (AssertionError | RuntimeException e) {
                        throw new AssertionError(
                                "line " + (i + 1) + " «" + lines.get(i) + "»: " + e.getMessage(),
                                e);
                    }
                }
            } finally {
                wires.values().forEach(Wire::close);
            }
        }
    }

    /// Whom the talk gives this role.
    private List<String> all(String role) {
        return lines.stream()
                .filter(line -> line.startsWith(role + " "))
                .map(line -> line.substring(role.length()).strip())
                .toList();
    }

    /// Everybody who logs in, and everybody named by `account`.
    private Set<String> accounts() {
        var names = new LinkedHashSet<String>();
        for (var line : lines) {
            var enters = ENTERS.matcher(line.strip());
            if (enters.matches()) {
                names.add(accountOf(enters.group(2), enters.group(3)));
            } else if (line.startsWith("account ")) {
                names.add(line.substring("account ".length()).strip());
            }
        }
        names.removeAll(all("operator"));
        names.removeAll(all("admin"));
        return names;
    }

    private static String accountOf(String wire, String as) {
        return as == null ? wire : as;
    }

    private static void play(String line, Stage stage, Map<String, Wire> wires, TalkCodes codes) {
        if (line.isEmpty()
                || line.startsWith("#")
                || line.startsWith("conf ")
                || line.startsWith("operator ")
                || line.startsWith("admin ")
                || line.startsWith("account ")) {
            return;
        }
        if (line.startsWith("invite ")) {
            var name = line.substring("invite ".length()).strip();
            stage.admin().invite(name, Duration.ofHours(1));
            return;
        }
        if (line.equals("restart")) {
            stage.restart();
            return;
        }
        if (line.equals("kill")) {
            stage.kill();
            return;
        }
        if (line.startsWith("later ")) {
            var seconds = Long.parseLong(line.substring("later ".length()));
            stage.clock().later(Duration.ofSeconds(seconds));
            return;
        }
        var enters = ENTERS.matcher(line);
        var speaks = SPEAKS.matcher(line);
        var hears = HEARS.matcher(line);
        if (enters.matches()) {
            var capabilities =
                    enters.group(4) == null ? new String[0] : enters.group(4).split(" ", -1);
            var old =
                    wires.put(
                            enters.group(2),
                            enters.group(1).equals("connect")
                                    ? stage.connect()
                                    : stage.login(
                                            accountOf(enters.group(2), enters.group(3)),
                                            capabilities));
            if (old != null) {
                old.close();
            }
        } else if (speaks.matches()) {
            wire(wires, speaks.group(1)).send(unescaped(codes.in(speaks.group(2))));
        } else if (hears.matches()) {
            var wire = wire(wires, hears.group(1));
            hear(wire, hears.group(3), !hears.group(2).isEmpty());
            codes.learn(wire);
        } else {
            throw new AssertionError("not a line of a talk");
        }
    }

    private static void hear(Wire wire, String pattern, boolean next) {
        switch (pattern) {
            case "nothing" -> wire.expectNothing();
            case "closed" -> wire.expectClosed();
            default -> {
                if (next) {
                    wire.expectNext(pattern);
                } else {
                    wire.expect(pattern);
                }
            }
        }
    }

    private static Wire wire(Map<String, Wire> wires, String name) {
        return Objects.requireNonNull(wires.get(name), name + " is not connected");
    }

    /// `\r`, `\0` and `\1` stand for what cannot be typed, `\x(100)` for a hundred x.
    private static String unescaped(String text) {
        var repeated =
                Pattern.compile("\\\\(.)\\((\\d+)\\)")
                        .matcher(text)
                        .replaceAll(
                                found -> found.group(1).repeat(Integer.parseInt(found.group(2))));
        return repeated.replace("\\r", "\r").replace("\\0", "\0").replace("\\1", "\1");
    }
}
