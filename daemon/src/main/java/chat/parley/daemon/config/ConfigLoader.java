package chat.parley.daemon.config;

import chat.parley.protocol.ByteSize;
import chat.parley.protocol.Name;
import com.typesafe.config.ConfigFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The file to records. Unknown keys, wrong units and impossible values are refused, all at once,
/// each with its line and a hint.
///
/// `conf/parley.conf` is the manual; a test keeps it, this class and [DaemonConfig] in step. The
/// environment has the last word: `CONFIG_FORCE_parley_data__dir` is `parley.data-dir`.
///
/// For the thread that starts the program.
public final class ConfigLoader {

    private static final int LONGEST_URL = 200; // it stands in one line of 005
    private static final Duration ONE_MS = Duration.ofMillis(1);
    private static final Duration ONE_DAY = Duration.ofDays(1);
    private static final Duration ONE_SECOND = Duration.ofSeconds(1);

    private final Settings settings;
    private final Path folder;

    private ConfigLoader(Settings settings, Path folder) {
        this.settings = settings;
        this.folder = folder;
    }

    /// Reads the file. A path in it that is not absolute starts at the folder of the file.
    public static DaemonConfig load(Path file) throws ConfigProblem {
        return load(file, System.getenv());
    }

    static DaemonConfig load(Path file, Map<String, String> environment) throws ConfigProblem {
        return read(file, environment).config();
    }

    /// The records, and the value of each key as the file or the environment has it.
    record Loaded(DaemonConfig config, Map<String, String> values) {}

    static Loaded read(Path file, Map<String, String> environment) throws ConfigProblem {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new ConfigProblem(
                    file.toString(),
                    "there is no file that can be read",
                    "name one: --config FILE");
        }
        var folder = Objects.requireNonNull(file.toAbsolutePath().normalize().getParent());
        var settings = new Settings(ConfigFile.read(file, environment), file.toString());
        var config = new ConfigLoader(settings, folder).config();
        var problems = settings.problems();
        if (!problems.isEmpty()) {
            throw ConfigProblem.of(problems);
        }
        return new Loaded(config, settings.values());
    }

    /// Every key there is.
    static Set<String> keys() {
        var settings = new Settings(ConfigFactory.empty(), "nowhere");
        new ConfigLoader(settings, Path.of("/")).config();
        return settings.asked();
    }

    private DaemonConfig config() {
        var listen = listen();
        return new DaemonConfig(
                settings.text(
                        "name",
                        "localhost",
                        name -> name.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,62})"),
                        "a host name: letters, digits, dots and hyphens, at most 63"),
                settings.text(
                        "network",
                        "Parley",
                        name -> name.matches("[\\x21-\\x7e]{1,32}"),
                        "one word of at most 32 printable ASCII characters"),
                icon(),
                path("data-dir", "../data"),
                listen,
                new WebSocketSettings(settings).besides(listen),
                settings.text("motd-file").map(folder::resolve),
                new TlsFiles(settings, folder).all(),
                new DaemonConfig.Channels(
                        autojoin(),
                        settings.choice("channels.create", DaemonConfig.Channels.Create.MEMBERS)),
                new DaemonConfig.Identity(
                        settings.choice("identity.nick", DaemonConfig.Identity.Nick.ACCOUNT)),
                auth(),
                new DaemonConfig.History(
                        settings.choice(
                                "history.durability", DaemonConfig.History.Durability.COMMIT),
                        settings.count("history.replay", 100, 0),
                        settings.time("history.redact-within", Duration.ZERO, Duration.ZERO),
                        Keeping.of(settings)),
                new DaemonConfig.Audit(settings.timeOr("audit.keep", "forever", ONE_DAY)),
                metricsListen(),
                new LimitSettings(settings).all());
    }

    private Optional<String> icon() {
        var key = "network-icon";
        return settings.text(key)
                .flatMap(text -> {
                    // `{size}` is a variable of the specification, and no part of a URI.
                    var url = text.replace("{size}", "size");
                    if (text.length() > LONGEST_URL || !isHttps(url)) {
                        settings.problem(
                                key,
                                "%s cannot be \"%s\"".formatted(key, text),
                                "write an address of at most %d ASCII characters, such as"
                                                .formatted(LONGEST_URL)
                                        + " https://example.org/icon.svg");
                        return Optional.empty();
                    }
                    return Optional.of(text);
                });
    }

    private static boolean isHttps(String text) {
        try {
            var url = new URI(text);
            return "https".equalsIgnoreCase(url.getScheme())
                    && url.getHost() != null
                    && text.chars().allMatch(c -> c > ' ' && c < 127);
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private Path path(String key, String fallback) {
        return folder.resolve(settings.text(key).orElse(fallback)).normalize();
    }

    private List<InetSocketAddress> listen() {
        var fallback = List.of("0.0.0.0:6697");
        if (settings.texts("listen", fallback).isEmpty()) {
            settings.problem("listen", "listen is empty", "write [\"0.0.0.0:6697\"]");
        }
        return ListenAddress.all(settings, "listen", fallback);
    }

    /// There is no login, so nobody but this machine may ask.
    private List<InetSocketAddress> metricsListen() {
        var key = "metrics.listen";
        var addresses = ListenAddress.all(settings, key, List.of());
        for (var address : addresses) {
            if (!address.getAddress().isLoopbackAddress()) {
                settings.problem(
                        key,
                        address.getHostString()
                                + " can be reached by others, and there is no login",
                        "write [\"127.0.0.1:9667\"]; for Prometheus elsewhere put a proxy with a"
                                + " login before it");
            }
        }
        return addresses;
    }

    private List<String> autojoin() {
        var channels = settings.texts("channels.autojoin", List.of("#lobby"));
        for (var channel : channels) {
            if (Name.Channel.of(channel).isEmpty()) {
                settings.problem(
                        "channels.autojoin",
                        "no channel can be called \"" + channel + "\"",
                        "# and a name without spaces, commas, * and ?: [\"#lobby\"]");
            }
        }
        return channels;
    }

    private DaemonConfig.Auth auth() {
        var lanes = settings.count("auth.argon2.lanes", 1, 1);
        return new DaemonConfig.Auth(
                new DaemonConfig.Argon2(
                        settings.size(
                                "auth.argon2.memory",
                                ByteSize.ofKiB(64 * 1024),
                                // RFC 9106 3.1: at least 8 KiB for each lane
                                ByteSize.ofKiB(8 * Math.min(lanes, 1 << 16))),
                        settings.count("auth.argon2.passes", 3, 1),
                        lanes),
                settings.count(
                        "auth.threads",
                        Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                        1),
                settings.count("auth.waiting", 32, 1),
                settings.count("auth.attempts", 3, 1),
                settings.text("auth.pepper-file").map(folder::resolve),
                settings.text("auth.common-passwords").map(folder::resolve),
                new DaemonConfig.Invite(
                        settings.time("auth.invite.valid", Duration.ofDays(3), ONE_SECOND),
                        settings.time("auth.invite.change-within", Duration.ofMinutes(10), ONE_MS)),
                new DaemonConfig.Totp(roles("auth.totp.required-for")));
    }

    private Set<DaemonConfig.RoleName> roles(String key) {
        var roles = EnumSet.noneOf(DaemonConfig.RoleName.class);
        for (var text : settings.texts(key, List.of())) {
            Stream.of(DaemonConfig.RoleName.values())
                    .filter(role -> role.name().equalsIgnoreCase(text))
                    .findFirst()
                    .ifPresentOrElse(
                            roles::add,
                            () ->
                                    settings.problem(
                                            key,
                                            "there is no role \"" + text + "\"",
                                            "member, operator, admin or bot: [operator, admin]"));
        }
        return roles;
    }
}
