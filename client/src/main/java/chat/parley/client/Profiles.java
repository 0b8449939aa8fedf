package chat.parley.client;

import chat.parley.client.arguments.WrongUse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The servers in `client.conf`, by name. Its manual is `conf/client.conf`.
///
/// Unknown keys and wrong values are refused, all at once, with file, line and a hint. The library
/// for it is loaded only if there is a file.
final class Profiles {

    private static final Profiles NONE = new Profiles(Path.of("client.conf"), Map.of(), "");

    private final Path file;
    private final Map<String, Profile> all;
    private final String usual;

    Profiles(Path file, Map<String, Profile> all, String usual) {
        this.file = file;
        this.all = all;
        this.usual = usual;
    }

    static Path file(Map<String, String> environment) {
        return Surroundings.configuration(environment).resolve("client.conf");
    }

    static Profiles in(Map<String, String> environment) throws WrongUse {
        var file = file(environment);
        return Files.exists(file) ? ProfileReader.read(file, environment) : NONE;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    Optional<Profile> named(String name) {
        return Optional.ofNullable(all.get(name));
    }

    /// The one that was asked for by `--profile`.
    Profile demanded(String name) throws WrongUse {
        return named(name)
                .orElseThrow(() ->
                        new WrongUse(
                                "there is no profile "
                                        + name
                                        + " in "
                                        + file
                                        + (all.isEmpty()
                                                ? ""
                                                : "; there are "
                                                        + String.join(", ", all.keySet()))));
    }

    /// The one where none is named: `default`, or the only one.
    Optional<Profile> usual() {
        return usual.isEmpty() && all.size() == 1
                ? all.values().stream().findFirst()
                : named(usual);
    }
}
