package chat.parley.daemon.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `conf/parley.conf` is the manual: it, the loader and the records say the same.
class ManualTest {

    private static final Path MANUAL =
            Stream.of("../conf/parley.conf", "conf/parley.conf")
                    .map(Path::of)
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow();

    @TempDir Path dir;

    @Test
    void every_setting_is_in_the_manual_and_no_other() {
        assertEquals(ConfigLoader.keys(), comments().keySet());
    }

    @Test
    void every_setting_is_explained() {
        var explainedByTheirGroup =
                Set.of("auth.argon2.memory", "auth.argon2.passes", "auth.argon2.lanes");
        comments()
                .forEach((key, comment) ->
                        assertFalse(
                                comment.isEmpty() && !explainedByTheirGroup.contains(key), key));
    }

    /// A group stands for all in it.
    @Test
    void what_needs_no_restart_is_said_at_the_top() throws Exception {
        var manual = Files.readString(MANUAL);
        var from = manual.indexOf("Without a restart hold");
        var said = manual.substring(from, manual.indexOf("Every other setting", from));
        var named =
                Pattern.compile("[a-z]+[.-][a-z.-]+[a-z]")
                        .matcher(said.replaceAll("\n#", ""))
                        .results()
                        .map(MatchResult::group)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                CurrentConfig.LIVE.stream()
                        .map(key -> key.startsWith("limits.rate.") ? "limits.rate" : key)
                        .collect(Collectors.toCollection(TreeSet::new)),
                named);
        assertTrue(ConfigLoader.keys().containsAll(CurrentConfig.LIVE));
    }

    @Test
    void the_defaults_in_the_manual_are_the_defaults_of_the_code() throws Exception {
        var manual = Files.copy(MANUAL, dir.resolve("manual.conf"));
        var empty = Files.writeString(dir.resolve("empty.conf"), "");

        assertEquals(ConfigLoader.load(empty, Map.of()), ConfigLoader.load(manual, Map.of()));
    }

    @Test
    void every_record_component_is_a_setting() {
        var records =
                List.of(
                        DaemonConfig.WebSocket.class,
                        DaemonConfig.Auth.class,
                        DaemonConfig.Argon2.class,
                        DaemonConfig.Limits.class,
                        DaemonConfig.Rate.class,
                        DaemonConfig.Connections.class);
        var lastWords =
                ConfigLoader.keys().stream().flatMap(key -> Stream.of(key.split("\\."))).toList();
        for (var each : records) {
            for (var component : each.getRecordComponents()) {
                var key = component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
                assertTrue(lastWords.contains(key), key);
            }
        }
    }

    /// As the file stands, nothing put in for `${?…}`.
    private static Map<String, List<String>> comments() {
        var found = new TreeMap<String, List<String>>();
        collect("", ConfigFactory.parseFile(MANUAL.toFile()).root(), found);
        return found;
    }

    private static void collect(String prefix, ConfigObject group, Map<String, List<String>> into) {
        group.forEach((key, value) -> {
            if (value instanceof ConfigObject inside) {
                collect(prefix + key + ".", inside, into);
            } else {
                into.put((prefix + key).substring("parley.".length()), value.origin().comments());
            }
        });
    }
}
