package chat.parley.client.arguments;

import java.util.List;
import java.util.stream.Collectors;

/// For zsh: `_arguments` for each mode.
final class ZshCompletion {

    private final Program program;
    private final Completion completion;

    ZshCompletion(Program program, Completion completion) {
        this.program = program;
        this.completion = completion;
    }

    String script() {
        var out = new StringBuilder();
        out.append(
                """
                #compdef %1$s
                # zsh completion of %1$s(1), made by `%1$s completion zsh`.

                _%1$s() {
                  local curcontext="$curcontext" state line mode i
                  typeset -A opt_args
                  # The mode is the first word that is no option and no option's value.
                  for ((i = 2; i < CURRENT; i++)); do
                    case $words[i] in
                      %2$s) ((i++)) ;;
                      -*) ;;
                      *) mode=$words[i]; break ;;
                    esac
                  done
                  case $mode in
                """
                        .formatted(program.name(), completion.valued().replace(" | ", "|")));
        for (var mode : program.modes()) {
            out.append("    ").append(mode.name()).append(")\n");
            out.append(zshArguments(mode, List.of("'1: :'")));
        }
        out.append(
                "    help) _arguments '1: :' \"2:mode:(%s)\" ;;\n".formatted(completion.modes()));
        var described =
                program.modes().stream()
                        .map(mode -> Completion.quoted(mode.name() + ":" + mode.summary()))
                        .collect(Collectors.joining(" "));
        out.append("    *)\n");
        out.append("      local -a modes=(").append(described).append(")\n");
        out.append(zshArguments(program.main(), List.of("'1: :->first'")));
        out.append("      [[ $state == first ]] && { _describe -t modes mode modes; _hosts } ;;\n");
        out.append("  esac\n}\n\n");
        // By autoload it is the function's body; by source or eval it is only to be known.
        out.append(
                """
                if [[ $funcstack[1] == _%1$s ]]; then
                  _%1$s "$@"
                else
                  compdef _%1$s %1$s
                fi
                """
                        .formatted(program.name()));
        return out.toString();
    }

    private static String zshArguments(Mode mode, List<String> before) {
        var out = new StringBuilder("      _arguments -s -S");
        before.forEach(one -> out.append(" \\\n        ").append(one));
        if (!mode.name().isEmpty()) {
            for (var at = 0; at < mode.words().size(); at++) {
                var isRest = at + 1 == mode.words().size() && mode.most() == Mode.ANY;
                out.append(" \\\n        ")
                        .append(
                                Completion.quoted(
                                        (isRest ? "*" : Integer.toString(at + 2))
                                                + ": :"
                                                + zsh(mode.words().get(at))));
            }
        }
        Completion.options(mode)
                .forEach(option -> {
                    var help =
                            Help.firstSentence(option.help())
                                    .replaceAll("([\\[\\]:\\\\])", "\\\\$1");
                    var value =
                            option.takesValue()
                                    ? ":"
                                            + option.value().replaceAll("[\\[\\]:]", "")
                                            + ":"
                                            + zsh(option.completes())
                                    : "";
                    for (var name : option.names()) {
                        // Short: the value is the next word. Long: that, or after =.
                        var sign = option.takesValue() && name.startsWith("--") ? "=" : "";
                        out.append(" \\\n        ")
                                .append(
                                        Completion.quoted(
                                                "*" + name + sign + "[" + help + "]" + value));
                    }
                });
        return out.append(mode.name().isEmpty() ? "\n" : " ;;\n").toString();
    }

    private static String zsh(Completes completes) {
        return switch (completes) {
            case Completes.Nothing _ -> "";
            case Completes.Files _ -> "_files";
            case Completes.Hosts _ -> "_hosts";
            case Completes.Choices(var words) -> "(" + String.join(" ", words) + ")";
        };
    }
}
