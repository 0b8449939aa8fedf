package chat.parley.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.talks.TestDaemon;
import chat.parley.protocol.Capability;
import chat.parley.protocol.Numeric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

/// The documents say what is so: what can be compared with the program is compared here.
class DocumentsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path SOURCES = ROOT.resolve("daemon/src/main/java");
    private static final Path TALKS = ROOT.resolve("daemon/src/test/resources/talks");

    private static String text(String file) {
        return text(ROOT.resolve(file));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path under, String ending) {
        try (var all = Files.walk(under)) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sources() {
        return files(SOURCES, ".java").stream()
                .map(DocumentsTest::text)
                .collect(Collectors.joining());
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map(match -> match.group(match.groupCount()))
                .toList();
    }

    /// The code block that follows a comment such as `<!-- help: parleyd -->`.
    private static String block(String document, String comment) {
        var mark = "<!-- " + comment + " -->\n```\n";
        var begin = document.indexOf(mark);
        assertTrue(begin >= 0, () -> "there is no block «" + comment + "»");
        var from = begin + mark.length();
        return document.substring(from, document.indexOf("```", from));
    }

    @Nested
    class The_protocol {

        private final List<String> rows =
                text("docs/PROTOCOL.md").lines().filter(line -> line.startsWith("| ")).toList();

        private List<String> without(List<String> wanted, String before, String after) {
            return wanted.stream()
                    .filter(one ->
                            rows.stream()
                                    .noneMatch(row ->
                                            row.startsWith(before + one + after)
                                                    || row.startsWith(before + one + "`")))
                    .toList();
        }

        @Test
        void has_a_row_for_every_command() {
            var commands = found("\\b(row|new CommandSpec)\\(\\s*\"([A-Z]+)\",", sources());
            assertTrue(commands.size() > 20, commands.toString());
            assertEquals(List.of(), without(commands, "| `", " "));
        }

        @Test
        void has_a_row_for_every_capability() {
            var all = Arrays.stream(Capability.values()).map(Capability::wire).toList();
            assertEquals(List.of(), without(all, "| `", "`"));
        }

        @Test
        void has_a_row_for_every_numeric_that_is_sent() {
            var sources = sources();
            var all =
                    Arrays.stream(Numeric.values())
                            .filter(numeric -> sources.contains("Numeric." + numeric.name()))
                            .map(numeric -> numeric.code() + " | " + numeric.name())
                            .toList();
            assertEquals(List.of(), without(all, "| ", " |"));
        }

        @Test
        void has_a_row_for_every_standard_reply() {
            var all = found("\"([A-Z]+_[A-Z0-9_]+)\"", sources());
            var said = String.join("\n", rows);
            assertEquals(
                    List.of(),
                    all.stream()
                            .filter(code -> !code.matches("(TLS|CONFIG|SUDO|SSH|ECDHE)_.*"))
                            .filter(code -> !said.contains(" " + code))
                            .toList());
        }

        /// Of every command, capability, numeric and standard reply.
        @Test
        void names_a_test_in_each_row() {
            var said = text("docs/PROTOCOL.md");
            var tables =
                    section(said, "## Before login", "### Modes")
                            + section(said, "## Capabilities", "## What is stored")
                            + section(said, "## Numerics", "");
            var all = tables.lines().filter(line -> line.matches("\\| (`|\\d{3} ).*")).toList();
            assertTrue(all.size() > 200, all.size() + " rows");
            var test = Pattern.compile("`(\\w+Test|[a-z-]+\\.talk)` \\|$");
            assertEquals(List.of(), all.stream().filter(row -> !test.matcher(row).find()).toList());
        }

        private static String section(String said, String from, String to) {
            var begin = said.indexOf("\n" + from + "\n");
            var end = to.isEmpty() ? said.length() : said.indexOf("\n" + to + "\n");
            return said.substring(begin, end);
        }

        @Test
        void names_a_talk_in_which_the_command_or_numeric_occurs() {
            var wrong = new ArrayList<String>();
            for (var row : rows) {
                var talk = Pattern.compile("`([a-z-]+\\.talk)` \\|$").matcher(row);
                if (!talk.find()) {
                    continue;
                }
                var played = text(TALKS.resolve(talk.group(1)));
                var number = Pattern.compile("^\\| (\\d{3}) \\|").matcher(row);
                var refusal = Pattern.compile("^\\| `((?:FAIL|NOTE) \\S+ \\S+)`").matcher(row);
                var command = Pattern.compile("^\\| `([A-Z]+)[ `]").matcher(row);
                var shown =
                        number.find()
                                ? played.contains(" " + number.group(1) + " ")
                                : refusal.find()
                                        ? played.contains(refusal.group(1))
                                        : !command.find()
                                                || Pattern.compile(
                                                                "^\\w+> (@\\S+ )?"
                                                                        + command.group(1)
                                                                        + "( |$)",
                                                                Pattern.MULTILINE)
                                                        .matcher(played)
                                                        .find();
                if (!shown) {
                    wrong.add(row);
                }
            }
            assertEquals(List.of(), wrong);
        }
    }

    @Nested
    class Every_document {

        private final List<String> documents =
                List.of(
                        "README.md",
                        "SECURITY.md",
                        "docs/PROTOCOL.md",
                        "docs/ARCHITECTURE.md",
                        "docs/ADDING-A-COMMAND.md",
                        "docs/CLIENTS.md",
                        "docs/BENCHMARKS.md",
                        "docs/OPERATING.md");

        @Test
        void names_only_tests_and_talks_that_exist() {
            var tests = new TreeMap<String, String>();
            for (var module : List.of("protocol", "daemon", "client", "distribution")) {
                for (var file : files(ROOT.resolve(module).resolve("src/test"), "Test.java")) {
                    tests.merge(
                            file.getFileName().toString().replace(".java", ""),
                            text(file),
                            String::concat);
                }
            }
            var missing = new TreeSet<String>();
            for (var document : documents) {
                var said = text(document);
                found("`([A-Z]\\w+Test)`", said).stream()
                        .filter(test -> !tests.containsKey(test))
                        .forEach(missing::add);
                found("`([a-z-]+\\.talk)`", said).stream()
                        .filter(talk -> !talk.equals("x.talk"))
                        .filter(talk -> !Files.exists(TALKS.resolve(talk)))
                        .forEach(missing::add);
                // `SomeTest` (`One_part`) and `SomeTest`: `some_method`
                Pattern.compile("`([A-Z]\\w+Test)`(?: \\(|: )`(\\w+)`")
                        .matcher(said)
                        .results()
                        .filter(pair ->
                                !tests.getOrDefault(pair.group(1), "").contains(pair.group(2)))
                        .forEach(pair -> missing.add(pair.group(1) + " " + pair.group(2)));
            }
            assertEquals(new TreeSet<>(), missing);
        }

        @Test
        void points_to_files_that_exist() {
            var missing = new TreeSet<String>();
            for (var document : documents) {
                var folder = ROOT.resolve(document).resolveSibling(".");
                found("\\]\\(([^)#:]+)\\)", text(document)).stream()
                        .filter(link -> !Files.exists(folder.resolve(link)))
                        .forEach(link -> missing.add(document + " " + link));
            }
            assertEquals(new TreeSet<>(), missing);
        }
    }

    @Test
    void every_decision_has_a_number_of_its_own_and_points_to_decisions_that_exist() {
        var wrong = new TreeSet<String>();
        var numbers = new TreeSet<String>();
        for (var file : files(ROOT.resolve("docs/adr"), ".md")) {
            var number = file.getFileName().toString().substring(0, 4);
            var said = text(file);
            if (!numbers.add(number) || !said.startsWith("# " + number + ": ")) {
                wrong.add(file.getFileName().toString());
            }
            found("\\]\\(([^)#:]+)\\)", said).stream()
                    .filter(link -> !Files.exists(file.resolveSibling(link)))
                    .forEach(link -> wrong.add(number + " " + link));
        }
        assertEquals(new TreeSet<>(), wrong);
    }

    @Test
    void every_ending_of_a_session_is_in_OPERATING() {
        var endings =
                found(
                        "record (\\w+)\\(",
                        text(SOURCES.resolve("chat/parley/daemon/session/Ending.java")));
        assertTrue(endings.size() > 10, endings.toString());
        var operating = text("docs/OPERATING.md");
        assertEquals(
                List.of(),
                endings.stream().filter(one -> !operating.contains("| `" + one + "` |")).toList());
    }

    @Nested
    class The_README {

        private final String readme = text("README.md");

        @Test
        void has_the_help_of_parleyd() {
            assertEquals(Main.line().getUsageMessage(Ansi.OFF), block(readme, "help: parleyd"));
        }

        @Test
        void has_the_systemd_unit() {
            assertEquals(
                    text("conf/parleyd.service"), block(readme, "same as: conf/parleyd.service"));
        }

        /// `> ` is typed, `…` stands for the rest of a line; nothing else may come between.
        @Test
        void has_a_session_at_openssl_as_it_is(@TempDir Path dir) {
            var transcript = block(readme, "transcript: typed lines begin with \"> \"");
            try (var daemon =
                            new TestDaemon(
                                    dir,
                                    "parley.name = chat.example.org",
                                    "parley.network = Parley");
                    var admin = daemon.account("admin").account("bob").login("admin");
                    var bob = daemon.connect()) {
                for (var line : transcript.lines().toList()) {
                    if (line.startsWith("> LOGIN bob ")) {
                        bob.send("LOGIN bob " + TestDaemon.passwordOf("bob"));
                    } else if (line.startsWith("> ")) {
                        bob.send(line.substring(2));
                        if (line.startsWith("> SAY ")) {
                            admin.expect(
                                    ":bob!* PRIVMSG #lobby :" + line.substring("> SAY ".length()));
                            admin.send("SAY Good morning, bob.");
                        }
                    } else {
                        bob.expectNext(line);
                    }
                }
                bob.expectClosed();
            }
        }
    }
}
