package chat.parley.client;

import chat.parley.client.arguments.WrongUse;
import chat.parley.client.link.Fingerprint;
import chat.parley.client.link.ServerAddress;
import chat.parley.client.ui.Taste;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// One reading of `client.conf`: what is wrong in it is collected, with file, line and a hint. For
/// one thread.
final class ProfileReader {

    private static final String MANUAL = "conf/client.conf of the distribution is the manual";

    private static final Set<String> KEYS =
            Set.of(
                    "server",
                    "account",
                    "ca",
                    "fingerprint",
                    "cert",
                    "key",
                    "password-command",
                    "join",
                    "theme",
                    "notifications",
                    "notification-text");

    private final Path file;
    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();

    private ProfileReader(Path file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
    }

    static Profiles read(Path file, Map<String, String> environment) throws WrongUse {
        var reader = new ProfileReader(file, environment);
        reader.requireMode();
        var profiles = reader.profiles(reader.parse());
        if (!reader.problems.isEmpty()) {
            throw new WrongUse(String.join("\n", reader.problems));
        }
        return profiles;
    }

    /// It holds commands that are run.
    private void requireMode() throws WrongUse {
        try {
            var modes = Files.getPosixFilePermissions(file);
            if (modes.contains(PosixFilePermission.GROUP_WRITE)
                    || modes.contains(PosixFilePermission.OTHERS_WRITE)) {
                throw new WrongUse(
                        file
                                + ": others on this machine may write it\n  hint: look through it,"
                                + " then chmod 600 "
                                + file);
            }
        } catch (IOException e) {
            throw new WrongUse(file + " cannot be read: " + e.getMessage());
        } catch (UnsupportedOperationException _) {
            // a file system without such modes has nothing to check
        }
    }

    private Config parse() throws WrongUse {
        try {
            var options = ConfigParseOptions.defaults().setAllowMissing(false);
            return ConfigFactory.parseFile(file.toFile(), options)
                    .resolve(ConfigResolveOptions.noSystem());
        } catch (ConfigException e) {
            var origin = e.origin();
            var line = origin == null ? -1 : origin.lineNumber();
            var said = Objects.requireNonNullElse(e.getMessage(), e.toString());
            throw new WrongUse(
                    file
                            + (line > 0 ? ":" + line : "")
                            + ": cannot be read as HOCON: "
                            + said.substring(said.indexOf(": ") + 1).strip()
                            + "\n  hint: look for a missing quote, brace or bracket on this line"
                            + " or just before it");
        } catch (StackOverflowError _) { // the library calls itself for each bracket
            throw new WrongUse(file + ": cannot be read as HOCON: it is nested too deeply");
        }
    }

    private Profiles profiles(Config config) {
        var all = new LinkedHashMap<String, Profile>();
        for (var top : config.root().entrySet()) {
            switch (top.getKey()) {
                case "default" -> {}
                case "profiles" -> {
                    if (top.getValue() instanceof ConfigObject group) {
                        group.keySet().stream()
                                .sorted()
                                .forEach(name ->
                                        profile(name, group).ifPresent(one -> all.put(name, one)));
                    } else {
                        problem(
                                config.root(),
                                "profiles",
                                "profiles is no group",
                                "profiles { … }");
                    }
                }
                default ->
                        problem(
                                config.root(),
                                top.getKey(),
                                top.getKey() + " is not known",
                                "at the top stand default and profiles { … }; " + MANUAL);
            }
        }
        var usual = text(config.root(), "default").orElse("");
        if (!usual.isEmpty() && !all.containsKey(usual) && problems.isEmpty()) {
            problem(
                    config.root(),
                    "default",
                    "there is no profile " + usual,
                    all.isEmpty()
                            ? "write one: profiles { " + usual + " { server = … } }"
                            : "there are " + String.join(", ", all.keySet()));
        }
        return new Profiles(file, all, usual);
    }

    private Optional<Profile> profile(String name, ConfigObject group) {
        if (!(group.get(name) instanceof ConfigObject it)) {
            problem(group, name, name + " is no group", name + " { server = … }");
            return Optional.empty();
        }
        if (!name.matches("[A-Za-z][A-Za-z0-9_-]{0,31}")) {
            problem(
                    group,
                    name,
                    "no profile can be called \"" + name + "\"",
                    "a letter, then letters, digits, _ and -");
        }
        for (var key : it.keySet()) {
            if (!KEYS.contains(key)) {
                problem(it, key, key + " is not known", hint(key));
            }
        }
        var server = text(it, "server");
        if (server.isEmpty()) {
            problem(group, name, name + " has no server", "server = \"chat.example.org\"");
        }
        var address = server.flatMap(ServerAddress::parse);
        if (server.isPresent() && address.isEmpty()) {
            problem(it, "server", "not a server: " + server.get(), "host or host:port");
        }
        var fingerprint = text(it, "fingerprint");
        var pin = fingerprint.flatMap(Fingerprint::parse);
        if (fingerprint.isPresent() && pin.isEmpty()) {
            problem(
                    it,
                    "fingerprint",
                    "not a fingerprint: " + fingerprint.get(),
                    "sha256/ and 43 characters, as parley trust show prints it");
        }
        exclusive(it, "ca", "fingerprint");
        var account = text(it, "account");
        var authorities = path(it, "ca");
        var own = own(it);
        var command = text(it, "password-command");
        var join = names(it, "join");
        var taste =
                new Taste(
                        choice(it, "theme", "dark", "light"),
                        choice(it, "notifications", "off", "bell", "9", "777", "99"),
                        choice(it, "notification-text", "yes", "no"));
        return address.map(
                at -> new Profile(name, at, account, authorities, pin, own, command, join, taste));
    }

    private Optional<Request.KeyFiles> own(ConfigObject it) {
        var certificate = path(it, "cert");
        var key = path(it, "key");
        if (certificate.isPresent() != key.isPresent()) {
            problem(
                    it,
                    certificate.isPresent() ? "cert" : "key",
                    "cert and key go together",
                    "name both; they may be the same file");
        }
        return certificate.flatMap(one -> key.map(other -> new Request.KeyFiles(one, other)));
    }

    private void exclusive(ConfigObject it, String one, String other) {
        if (it.containsKey(one) && it.containsKey(other)) {
            problem(it, other, one + " and " + other + " exclude each other", "leave one out");
        }
    }

    private static String hint(String wrong) {
        return KEYS.stream()
                .filter(key -> key.charAt(0) == wrong.charAt(0) || key.contains(wrong))
                .sorted()
                .findFirst()
                .map(near -> "did you mean " + near + "? " + MANUAL)
                .orElse(MANUAL);
    }

    private Optional<String> text(ConfigObject it, String key) {
        var value = it.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value.valueType() == ConfigValueType.STRING && isText(value.unwrapped())) {
            return Optional.of(String.valueOf(value.unwrapped()));
        }
        problem(it, key, key + " is no text", key + " = \"…\"");
        return Optional.empty();
    }

    /// A number is a word here, too.
    private Optional<String> choice(ConfigObject it, String key, String... words) {
        var value = it.get(key);
        if (value == null) {
            return Optional.empty();
        }
        var word = String.valueOf(value.unwrapped());
        if (List.of(words).contains(word)) {
            return Optional.of(word);
        }
        problem(it, key, key + " is not that: " + word, "one of " + String.join(", ", words));
        return Optional.empty();
    }

    private static boolean isText(Object value) {
        var text = String.valueOf(value);
        return !text.isBlank() && text.chars().noneMatch(Character::isISOControl);
    }

    private static boolean isName(Object value) {
        try {
            return value instanceof String text && Values.name("", text).equals(text);
        } catch (WrongUse _) { // told by who asks
            return false;
        }
    }

    private List<String> names(ConfigObject it, String key) {
        var value = it.get(key);
        if (value == null) {
            return List.of();
        }
        if (value.unwrapped() instanceof List<?> list
                && list.stream().allMatch(ProfileReader::isName)) {
            return list.stream().map(String.class::cast).toList();
        }
        problem(it, key, key + " is no list of names", key + " = [\"#tea\"]");
        return List.of();
    }

    /// Begins at the folder of the file, or with `~/` at home.
    private Optional<Path> path(ConfigObject it, String key) {
        return text(it, key)
                .map(text ->
                        text.startsWith("~/")
                                ? Path.of(environment.getOrDefault("HOME", "/"))
                                        .resolve(text.substring(2))
                                : file.toAbsolutePath().resolveSibling(text));
    }

    private void problem(ConfigObject in, String key, String what, String hint) {
        var value = in.get(key);
        var line = value == null ? -1 : value.origin().lineNumber();
        problems.add(file + (line > 0 ? ":" + line : "") + ": " + what + "\n  hint: " + hint);
    }
}
