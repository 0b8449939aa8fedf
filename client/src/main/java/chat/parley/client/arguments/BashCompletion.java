package chat.parley.client.arguments;

import java.util.stream.Collectors;

/// For bash: one function; the mode is the first word that is no option and no option's value.
final class BashCompletion {

    private final Program program;
    private final Completion completion;

    BashCompletion(Program program, Completion completion) {
        this.program = program;
        this.completion = completion;
    }

    String script() {
        var name = program.name();
        return """
        # bash completion of %1$s(1), made by `%1$s completion bash`.

        _%1$s() {
          local cur=${COMP_WORDS[COMP_CWORD]} prev='' mode='' words=0 i word
          # An option and its value may be one word for the person and three for bash.
          ((COMP_CWORD > 0)) && prev=${COMP_WORDS[COMP_CWORD-1]}
          [[ $cur == '=' ]] && cur=''
          [[ $prev == '=' ]] && ((COMP_CWORD > 1)) && prev=${COMP_WORDS[COMP_CWORD-2]}
          for ((i = 1; i < COMP_CWORD; i++)); do
            word=${COMP_WORDS[i]}
            case $word in
              %2$s) [[ ${COMP_WORDS[i+1]} == '=' ]] && ((i++)); ((i++)) ;;
              -* | =) ;;
              *) if [[ -z $mode ]]; then mode=$word; else ((words++)); fi ;;
            esac
          done
          COMPREPLY=()
          case $prev in
        %3$s  esac
          if [[ $cur == -* ]]; then
            case $mode in
        %4$s    esac
            return
          fi
          case $mode:$words in
        %5$s  esac
        }
        complete -F _%1$s %1$s
        """
                .formatted(name, completion.valued(), bashValues(), bashOptions(), bashWords());
    }

    private String bashValues() {
        var out = new StringBuilder();
        for (var option : completion.everyOption()) {
            if (option.takesValue()) {
                out.append("    ")
                        .append(String.join(" | ", option.names()))
                        .append(") ")
                        .append(bash(option.completes()))
                        .append("return ;;\n");
            }
        }
        return out.toString();
    }

    private String bashOptions() {
        var out = new StringBuilder();
        for (var mode : program.modes()) {
            out.append("      %s) %s;;\n".formatted(mode.name(), compgen(names(mode))));
        }
        return out.append("      *) %s;;\n".formatted(compgen(names(program.main())))).toString();
    }

    private static String names(Mode mode) {
        return Completion.options(mode)
                .flatMap(option -> option.names().stream())
                .collect(Collectors.joining(" "));
    }

    private String bashWords() {
        var out = new StringBuilder();
        out.append("    :*) %s;;\n".formatted(compgen(completion.modes())));
        out.append("    help:*) %s;;\n".formatted(compgen(completion.modes())));
        for (var mode : program.modes()) {
            for (var at = 0; at < mode.words().size(); at++) {
                var isLast = at + 1 == mode.words().size() && mode.most() == Mode.ANY;
                var action = bash(mode.words().get(at));
                if (!action.isEmpty()) {
                    out.append(
                            "    %s:%s) %s;;\n".formatted(mode.name(), isLast ? "*" : at, action));
                }
            }
        }
        return out.toString();
    }

    private static String bash(Completes completes) {
        return switch (completes) {
            case Completes.Nothing _ -> "";
            case Completes.Files _ ->
                    "compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- \"$cur\"); ";
            case Completes.Hosts _ -> "mapfile -t COMPREPLY < <(compgen -A hostname -- \"$cur\"); ";
            case Completes.Choices(var words) -> compgen(String.join(" ", words));
        };
    }

    private static String compgen(String words) {
        return "mapfile -t COMPREPLY < <(compgen -W '" + words + "' -- \"$cur\"); ";
    }
}
