package chat.parley.client.arguments;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the shells are told of a [Program], so that they complete its modes, options and values.
///
/// Names of modes and options are ours and have no characters that mean something to a shell; texts
/// are quoted.
public final class Completion {

    private final Program program;

    private Completion(Program program) {
        this.program = program;
    }

    public static String bash(Program program) {
        return new BashCompletion(program, new Completion(program)).script();
    }

    public static String zsh(Program program) {
        return new ZshCompletion(program, new Completion(program)).script();
    }

    public static String fish(Program program) {
        return new FishCompletion(program, new Completion(program)).script();
    }

    Stream<Mode> all() {
        return Stream.concat(Stream.of(program.main()), program.modes().stream());
    }

    String modes() {
        return program.modes().stream().map(Mode::name).collect(Collectors.joining(" ")) + " help";
    }

    /// With those that every mode has.
    static Stream<Option<?>> options(Mode mode) {
        return Stream.concat(mode.options(), Stream.of(Program.HELP, Program.VERSION));
    }

    /// Of all modes, each once.
    Set<Option<?>> everyOption() {
        return all().flatMap(Completion::options)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// Names of options that take a value, as a `case` of a shell has them.
    String valued() {
        return everyOption().stream()
                .filter(Option::takesValue)
                .flatMap(option -> option.names().stream())
                .collect(Collectors.joining(" | "));
    }

    /// For bash, zsh and fish alike: no quote and no backslash is left in it.
    static String quoted(String text) {
        return "'" + text.replace("'", "’") + "'";
    }
}
