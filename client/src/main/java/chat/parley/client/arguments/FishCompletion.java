package chat.parley.client.arguments;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// For fish: a line for each thing, with the condition for it.
final class FishCompletion {

    private final Program program;
    private final Completion completion;

    FishCompletion(Program program, Completion completion) {
        this.program = program;
        this.completion = completion;
    }

    String script() {
        var name = program.name();
        var out = new StringBuilder();
        out.append(
                "# fish completion of %1$s(1), made by `%1$s completion fish`.\n\n"
                        .formatted(name));
        out.append("complete -c %s -f\n".formatted(name));
        var none = "not __fish_seen_subcommand_from " + completion.modes();
        for (var mode : program.modes()) {
            out.append(
                    "complete -c %s -n %s -a %s -d %s\n"
                            .formatted(
                                    name,
                                    Completion.quoted(none),
                                    mode.name(),
                                    Completion.quoted(mode.summary())));
        }
        out.append(
                "complete -c %s -n %s -a help -d %s\n"
                        .formatted(
                                name,
                                Completion.quoted(none),
                                Completion.quoted("all about a mode")));
        out.append(
                "complete -c %s -n %s -a '(__fish_print_hostnames)'\n"
                        .formatted(name, Completion.quoted(none)));
        out.append(
                "complete -c %s -n '__fish_seen_subcommand_from help' -a %s\n"
                        .formatted(name, Completion.quoted(completion.modes())));
        for (var option : completion.everyOption()) {
            var users =
                    completion
                            .all()
                            .filter(mode -> Completion.options(mode).anyMatch(option::equals))
                            .toList();
            out.append("complete -c ").append(name);
            if (users.size() < program.modes().size() + 1) {
                out.append(" -n ").append(Completion.quoted(fishCondition(users, none)));
            }
            for (var one : option.names()) {
                out.append(
                        one.startsWith("--")
                                ? " -l " + one.substring(2)
                                : " -s " + one.substring(1));
            }
            if (option.takesValue()) {
                out.append(" -r").append(fish(option.completes()));
            }
            out.append(" -d ")
                    .append(Completion.quoted(Help.firstSentence(option.help())))
                    .append('\n');
        }
        for (var mode : program.modes()) {
            mode.words().stream()
                    .map(FishCompletion::fish)
                    .filter(Predicate.not(String::isEmpty))
                    .forEach(action ->
                            out.append(
                                    "complete -c %s -n '__fish_seen_subcommand_from %s'%s\n"
                                            .formatted(name, mode.name(), action)));
        }
        return out.toString();
    }

    private static String fishCondition(List<Mode> users, String none) {
        var named =
                users.stream()
                        .map(Mode::name)
                        .filter(Predicate.not(String::isEmpty))
                        .collect(Collectors.joining(" "));
        var isMain = users.stream().anyMatch(mode -> mode.name().isEmpty());
        var seen = "__fish_seen_subcommand_from " + named;
        return named.isEmpty() ? none : isMain ? none + "; or " + seen : seen;
    }

    private static String fish(Completes completes) {
        return switch (completes) {
            case Completes.Nothing _ -> "";
            case Completes.Files _ -> " -F";
            case Completes.Hosts _ -> " -a '(__fish_print_hostnames)'";
            case Completes.Choices(var words) ->
                    " -a " + Completion.quoted(String.join(" ", words));
        };
    }
}
