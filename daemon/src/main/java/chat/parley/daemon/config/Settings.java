package chat.parley.daemon.config;

import chat.parley.protocol.ByteSize;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The settings of one file as they are asked for, one by one. What is asked for is what is known:
/// the rest of the file is a mistake. A mistake is noted, and the default stands in so that the
/// next one is found too.
///
/// For the thread that starts the program.
final class Settings {

    private static final String ROOT = "parley";

    private final Config config;
    private final String file;
    private final TreeSet<String> asked = new TreeSet<>();
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final List<Settings> inside = new ArrayList<>();

    /// @param file where a mistake is said to be when its line is not known
    Settings(Config config, String file) {
        this.config = config;
        this.file = file;
    }

    /// All keys that were asked for, without `parley.`.
    Set<String> asked() {
        return Collections.unmodifiableSet(asked);
    }

    /// The value of each key that was asked for; empty for one that was left out.
    Map<String, String> values() {
        return asked.stream()
                .collect(
                        Collectors.toUnmodifiableMap(
                                Function.identity(),
                                key ->
                                        config.hasPath(path(key))
                                                ? config.getValue(path(key))
                                                        .render(ConfigRenderOptions.concise())
                                                : ""));
    }

    /// No text here has a use for a NUL, and no file's name can have one.
    Optional<String> text(String key) {
        var text = value(key, Config::getString);
        if (text.isPresent() && text.get().indexOf('\0') >= 0) {
            problem(key, key + " has a NUL in it", "write it without");
            return Optional.empty();
        }
        return text;
    }

    /// A text that may not be anything.
    String text(String key, String fallback, Predicate<String> allowed, String hint) {
        var text = text(key).orElse(fallback);
        if (!allowed.test(text)) {
            problem(key, "%s cannot be \"%s\"".formatted(key, text), hint);
            return fallback;
        }
        return text;
    }

    /// A list; a single text, as the environment can hold it, is a list with commas.
    List<String> texts(String key, List<String> fallback) {
        return value(key, Settings::listOrText).orElse(fallback);
    }

    private static List<String> listOrText(Config config, String path) {
        return config.getValue(path).valueType() == ConfigValueType.STRING
                ? Arrays.stream(config.getString(path).split(",", -1)).map(String::strip).toList()
                : config.getStringList(path);
    }

    <E extends Enum<E>> E choice(String key, E fallback) {
        var all = fallback.getDeclaringClass().getEnumConstants();
        var text = text(key).orElse(fallback.name());
        for (var each : all) {
            if (each.name().equalsIgnoreCase(text)) {
                return each;
            }
        }
        var names =
                Arrays.stream(all)
                        .map(each -> each.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(" or "));
        problem(key, "%s cannot be \"%s\"".formatted(key, text), "write " + names);
        return fallback;
    }

    int count(String key, int fallback, int least) {
        var count = value(key, Config::getInt).orElse(fallback);
        if (count < least) {
            problem(key, "%s cannot be %d".formatted(key, count), "write at least " + least);
            return fallback;
        }
        return count;
    }

    Duration time(String key, Duration fallback, Duration least) {
        var time = withUnit(key, Config::getDuration, "10s, 500ms or 2m");
        if (time.isPresent() && time.get().compareTo(least) < 0) {
            problem(
                    key,
                    "%s is too short: %d ms".formatted(key, time.get().toMillis()),
                    "write at least " + least.toMillis() + "ms");
            return fallback;
        }
        return time.orElse(fallback);
    }

    ByteSize size(String key, ByteSize fallback, ByteSize least) {
        var bytes = withUnit(key, Config::getBytes, "512 B, 8 KiB or 64 MiB");
        if (bytes.isEmpty()) {
            return fallback;
        }
        var size = (long) bytes.get();
        if (size > Integer.MAX_VALUE) {
            problem(key, key + " is too large", "write at most 2047 MiB");
            return fallback;
        }
        if (size < least.bytes()) {
            problem(key, key + " is too small: " + size + " B", "write at least " + least);
            return fallback;
        }
        return ByteSize.ofBytes((int) size);
    }

    /// A time, or empty for a word that stands for no bound.
    Optional<Duration> timeOr(String key, String none, Duration least) {
        return text(key).orElse(none).equalsIgnoreCase(none)
                ? Optional.empty()
                : Optional.of(time(key, least, least));
    }

    /// A size of any number of bytes, or empty for a word that stands for no bound.
    OptionalLong bytesOr(String key, String none, long least) {
        if (text(key).orElse(none).equalsIgnoreCase(none)) {
            return OptionalLong.empty();
        }
        var bytes = withUnit(key, Config::getBytes, "512 MiB or 10 GiB");
        if (bytes.isPresent() && bytes.get() < least) {
            problem(
                    key,
                    key + " is too small: " + bytes.get() + " B",
                    "write at least " + least + " B");
        }
        return OptionalLong.of(bytes.orElse(least));
    }

    /// A list of groups `{ … }`, each with settings of its own. Mistakes in them are noted here
    /// once their [#problems] are asked for.
    List<Settings> groups(String key) {
        var all =
                value(key, Config::getConfigList).orElse(List.of()).stream()
                        .map(group -> new Settings(group.atPath(ROOT), where(group.origin())))
                        .toList();
        inside.addAll(all);
        return all;
    }

    /// A bare number would be milliseconds here and bytes there; nobody should have to know.
    private <T> Optional<T> withUnit(
            String key, BiFunction<Config, String, T> read, String examples) {
        var text = text(key);
        if (text.isPresent() && text.get().strip().matches("[0-9.]+")) {
            problem(
                    key,
                    "%s has no unit: %s".formatted(key, text.get()),
                    "write it like " + examples);
            return Optional.empty();
        }
        return value(key, read);
    }

    /// Notes a mistake in the value of a key.
    void problem(String key, String what, String hint) {
        var path = path(key);
        var where = config.hasPath(path) ? where(config.getValue(path).origin()) : file;
        problems.add(new ConfigProblem(where, what, hint));
    }

    private <T> Optional<T> value(String key, BiFunction<Config, String, T> read) {
        asked.add(key);
        var path = path(key);
        try {
            return config.hasPath(path) ? Optional.of(read.apply(config, path)) : Optional.empty();
        } catch (ConfigException wrong) {
            var value = config.getValue(path);
            problem(
                    key,
                    "%s cannot be %s".formatted(key, value.render()),
                    "conf/parley.conf, the manual, has an example");
            return Optional.empty();
        }
    }

    private static String path(String key) {
        return ROOT + "." + key;
    }

    /// What is wrong, now that everything known was asked for.
    List<ConfigProblem> problems() {
        for (var top : config.root().entrySet()) {
            var origin = top.getValue().origin();
            if (!top.getKey().equals(ROOT)) {
                problems.add(
                        new ConfigProblem(
                                where(origin),
                                top.getKey() + " is not known",
                                "every setting stands inside parley { … }"));
            } else if (top.getValue() instanceof ConfigObject inside) {
                refuseUnknown("", inside);
            } else {
                problems.add(
                        new ConfigProblem(where(origin), "parley is no group", "parley { … }"));
            }
        }
        inside.forEach(group -> problems.addAll(group.problems()));
        return problems;
    }

    private void refuseUnknown(String prefix, ConfigObject group) {
        for (var each : group.entrySet()) {
            var key = prefix + each.getKey();
            if (asked.contains(key)) {
                continue;
            }
            var isGroup = asked.stream().anyMatch(known -> known.startsWith(key + "."));
            if (isGroup && each.getValue() instanceof ConfigObject inside) {
                refuseUnknown(key + ".", inside);
            } else {
                var hint =
                        isGroup
                                ? key + " is a group: " + key + " { … }"
                                : Similar.to(key, asked)
                                        .map(near -> "did you mean " + near + "?")
                                        .orElse("conf/parley.conf lists all settings");
                problems.add(
                        new ConfigProblem(
                                where(each.getValue().origin()), key + " is not known", hint));
            }
        }
    }

    private String where(ConfigOrigin origin) {
        if (origin.filename() == null) {
            return origin.description();
        }
        return origin.lineNumber() > 0
                ? origin.filename() + ":" + origin.lineNumber()
                : origin.filename();
    }
}
