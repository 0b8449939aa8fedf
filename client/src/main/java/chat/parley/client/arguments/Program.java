package chat.parley.client.arguments;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The whole of a command line.
///
/// @param tagline what it is, in a line
/// @param main what it does when no mode is named
/// @param about prose for all of it
/// @param shared options of most modes, told once
/// @param exitCodes a number, two spaces and what it means
/// @param refused names that are no options, and why: people try them
public record Program(
        String name,
        String tagline,
        Mode main,
        List<Mode> modes,
        String about,
        List<Section> shared,
        List<String> exitCodes,
        Map<String, String> refused) {

    public static final Option<Boolean> HELP =
            Option.flag("-h, --help", "this; of a mode after it");
    public static final Option<Boolean> VERSION = Option.flag("-V, --version", "the version");

    public Program {
        modes = List.copyOf(modes);
        shared = List.copyOf(shared);
        exitCodes = List.copyOf(exitCodes);
        refused = Map.copyOf(refused);
    }

    public Optional<Mode> mode(String name) {
        return modes.stream().filter(mode -> mode.name().equals(name)).findFirst();
    }

    /// Every option of every mode; some come more than once.
    Stream<Option<?>> options() {
        return Stream.concat(
                Stream.of(HELP, VERSION),
                Stream.concat(Stream.of(main), modes.stream()).flatMap(Mode::options));
    }
}
