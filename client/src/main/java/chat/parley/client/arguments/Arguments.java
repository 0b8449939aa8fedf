package chat.parley.client.arguments;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the arguments of a [Program]. For one thread and one use.
///
/// As `getopt_long` does: options may stand anywhere, `--name=value` and `--name value` are the
/// same, `--` ends them.
public final class Arguments {

    private final Program program;
    private final Map<String, Option<?>> options = new HashMap<>();
    private final Deque<String> rest;
    private final List<String> words = new ArrayList<>();
    private final List<Given.Setting> settings = new ArrayList<>();

    private Arguments(Program program, List<String> arguments) {
        this.program = program;
        this.rest = new ArrayDeque<>(arguments);
        program.options()
                .forEach(option -> option.names().forEach(name -> options.put(name, option)));
    }

    public static Given read(Program program, List<String> arguments) throws WrongUse {
        return new Arguments(program, arguments).read();
    }

    private Given read() throws WrongUse {
        var onlyWords = false;
        while (!rest.isEmpty()) {
            var argument = rest.removeFirst();
            if (onlyWords || argument.equals("-") || !argument.startsWith("-")) {
                words.add(argument);
            } else if (argument.equals("--")) {
                onlyWords = true;
            } else if (Program.HELP.names().contains(argument)) {
                return new Given.Help(modeOrNext());
            } else if (Program.VERSION.names().contains(argument)) {
                return new Given.Version();
            } else {
                option(argument);
            }
        }
        if (!words.isEmpty() && words.getFirst().equals("help")) {
            return new Given.Help(words.size() > 1 ? program.mode(words.get(1)) : Optional.empty());
        }
        var named = words.isEmpty() ? Optional.<Mode>empty() : program.mode(words.getFirst());
        return asked(
                named.orElse(program.main()),
                named.isPresent() ? words.subList(1, words.size()) : words);
    }

    /// `parley send --help` and `parley --help send` are the same.
    private Optional<Mode> modeOrNext() {
        var first = words.isEmpty() ? rest.peekFirst() : words.getFirst();
        return first == null ? Optional.empty() : program.mode(first);
    }

    private void option(String argument) throws WrongUse {
        var equals = argument.indexOf('=');
        var hasValue = argument.startsWith("--") && equals > 0;
        var name = hasValue ? argument.substring(0, equals) : argument;
        var option = options.get(name);
        if (option == null) {
            throw new WrongUse(
                    program.refused()
                            .getOrDefault(name, "there is no option " + name + "; see --help"));
        }
        var text = "";
        if (option.takesValue()) {
            if (!hasValue && rest.isEmpty()) {
                throw new WrongUse(name + " needs a value; see --help");
            }
            text = hasValue ? argument.substring(equals + 1) : rest.removeFirst();
        } else if (hasValue) {
            throw new WrongUse(name + " takes no value");
        }
        option.reader().read(name, text);
        settings.add(new Given.Setting(option, name, text));
    }

    private Given asked(Mode mode, List<String> given) throws WrongUse {
        var usage = mode.usage(program.name());
        // By name: comparing whole options takes a program as short as this 8 ms.
        var useless =
                settings.stream()
                        .map(Given.Setting::as)
                        .filter(as ->
                                mode.options().noneMatch(option -> option.names().contains(as)))
                        .distinct()
                        .toList();
        if (!useless.isEmpty()) {
            var who = mode.name().isEmpty() ? "talk" : mode.name();
            throw new WrongUse(who + " has no use for " + String.join(", ", useless));
        }
        if (given.size() < mode.fewest()) {
            throw new WrongUse(
                    "it is " + usage + "; see " + program.name() + " " + mode.name() + " --help");
        }
        if (given.size() > mode.most()) {
            throw new WrongUse(
                    "too many words: "
                            + given.get(mode.most())
                            + "; it is "
                            + usage
                            + " (a text with spaces needs quotes)");
        }
        return new Given.Asked(mode, given, settings);
    }
}
