package chat.parley.daemon.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The text of the configuration: the file, and what the environment says over it.
///
/// For the thread that starts the program, or reads it again.
final class ConfigFile {

    private static final String FORCED = "CONFIG_FORCE_";

    private ConfigFile() {}

    /// @throws ConfigProblem if it is no HOCON
    static Config read(Path file, Map<String, String> environment) throws ConfigProblem {
        try {
            var options = ConfigParseOptions.defaults().setAllowMissing(false);
            return forced(environment)
                    .withFallback(ConfigFactory.parseFile(file.toFile(), options))
                    .resolve(
                            ConfigResolveOptions.noSystem()
                                    .appendResolver(new Environment(environment)));
        } catch (ConfigException problem) {
            var origin = problem.origin();
            var line = origin == null || origin.lineNumber() < 1 ? "" : ":" + origin.lineNumber();
            var said = Objects.requireNonNullElse(problem.getMessage(), problem.toString());
            throw new ConfigProblem(
                    file + line,
                    "cannot be read as HOCON: " + said.substring(said.indexOf(": ") + 1).strip(),
                    "look for a missing quote, brace or bracket on this line or just before it");
        } catch (StackOverflowError _) { // the library calls itself for each bracket
            throw new ConfigProblem(
                    file.toString(),
                    "cannot be read as HOCON: it is nested too deeply",
                    "look for brackets or braces that are opened again and again");
        }
    }

    /// `_` is a dot, `__` a hyphen, `___` an underscore: as the configuration library has it.
    private static Config forced(Map<String, String> environment) {
        var config = ConfigFactory.empty();
        for (var variable : environment.entrySet()) {
            if (variable.getKey().startsWith(FORCED + "parley_")) {
                var path =
                        variable.getKey()
                                .substring(FORCED.length())
                                .replace("___", "\0")
                                .replace("__", "-")
                                .replace('_', '.')
                                .replace('\0', '_');
                config = config.withValue(path, value(variable));
            }
        }
        return config;
    }

    private static ConfigValue value(Map.Entry<String, String> variable) {
        return ConfigValueFactory.fromAnyRef(
                variable.getValue(), "environment variable " + variable.getKey());
    }

    /// What `${?NAME}` stands for where the file itself has no such name.
    private record Environment(Map<String, String> variables) implements ConfigResolver {

        @Override
        public @Nullable ConfigValue lookup(String path) {
            var text = variables.get(path);
            return text == null ? null : value(Map.entry(path, text));
        }

        @Override
        public ConfigResolver withFallback(ConfigResolver fallback) {
            return this; // nobody else is asked
        }
    }
}
