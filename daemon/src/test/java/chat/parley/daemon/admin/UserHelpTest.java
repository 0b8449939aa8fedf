package chat.parley.daemon.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.store.Account.Role;
import chat.parley.daemon.store.AccountStore.Newcomer;
import chat.parley.daemon.store.Database;
import chat.parley.daemon.store.SqliteAccounts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The examples in the help of each command of `parley-user` are true: each is a command that can
/// be given, and where it says what is printed, that is printed.
@Timeout(60)
class UserHelpTest {

    private static final String HASH =
            "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$"
                    + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    @TempDir Path dir;

    @TestFactory
    Stream<DynamicTest> each_command_shows_examples_and_each_of_them_works() {
        return commands().entrySet().stream()
                .map(each ->
                        DynamicTest.dynamicTest(
                                each.getKey(), () -> examplesWork(each.getValue())));
    }

    @TestFactory
    Stream<DynamicTest> each_command_but_those_that_print_JSON_anyway_has_an_option_for_it() {
        return commands().entrySet().stream()
                .filter(each -> !List.of("export", "audit").contains(each.getKey()))
                .map(each ->
                        DynamicTest.dynamicTest(
                                each.getKey(),
                                () ->
                                        assertTrue(
                                                each.getValue()
                                                        .getCommandSpec()
                                                        .optionsMap()
                                                        .containsKey("--json"))));
    }

    private static Map<String, CommandLine> commands() {
        return UserTool.line(streams(InputStream.nullInputStream(), new ByteArrayOutputStream()))
                .getSubcommands();
    }

    private void examplesWork(CommandLine command) throws Exception {
        var help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
        var examples = examples(help.lines().toList());
        assertFalse(examples.isEmpty(), help);
        for (var example : examples.entrySet()) {
            var arguments = arguments(example.getKey());
            UserTool.line(streams(InputStream.nullInputStream(), new ByteArrayOutputStream()))
                    .parseArgs(arguments); // throws if it is none
            if (!example.getValue().isEmpty()) {
                assertEquals(example.getValue() + "\n", printed(arguments), example.getKey());
            }
        }
    }

    /// What stands under "Examples:": the lines with a command, each with what it prints.
    private static Map<String, String> examples(List<String> help) {
        var found = new LinkedHashMap<String, String>();
        var last = "";
        for (var line : help.subList(help.indexOf("Examples:") + 1, help.size())) {
            if (line.startsWith("    ")) {
                found.merge(last, line.strip(), String::concat);
            } else if (line.contains("parley-user ")) {
                last = line.strip();
                found.put(last, "");
            }
        }
        return found;
    }

    private static String[] arguments(String example) {
        var own = example.substring(example.indexOf("parley-user ") + "parley-user ".length());
        return own.replaceFirst("(  | [|<>&]).*", "").strip().split(" ", -1);
    }

    private String printed(String... arguments) throws Exception {
        var data = Files.createTempDirectory(dir, "data");
        var config =
                Files.writeString(
                        Files.createTempFile(dir, "parley", ".conf"),
                        """
                        parley { data-dir = "%s"
                          auth { argon2 { memory = 64 KiB, passes = 1 }, threads = 2 } }
                        """
                                .formatted(data));
        new SqliteAccounts(Database.prepare(data), Clock.systemUTC())
                .add(
                        List.of(
                                new Newcomer("ann", HASH, Role.MEMBER),
                                new Newcomer("bob", HASH, Role.MEMBER)));
        var out = new ByteArrayOutputStream();
        var all = new ArrayList<>(List.of("--config", config.toString()));
        all.addAll(List.of(arguments));
        var password =
                new ByteArrayInputStream(
                        "correct horse battery\n".getBytes(StandardCharsets.UTF_8));
        assertEquals(0, UserTool.run(streams(password, out), all.toArray(String[]::new)));
        return out.toString(StandardCharsets.UTF_8);
    }

    private static UserTool.Streams streams(InputStream in, ByteArrayOutputStream out) {
        return new UserTool.Streams(
                in,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                _ -> Optional.empty());
    }
}
