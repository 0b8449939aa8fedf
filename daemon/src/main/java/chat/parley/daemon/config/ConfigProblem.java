package chat.parley.daemon.config;

import java.util.List;
import java.util.stream.Collectors;

/// Why the daemon does not start: what is wrong, where, and what to do next.
///
/// Its message is written for the admin's terminal. It is thrown while starting and nowhere else.
public final class ConfigProblem extends Exception {

    private static final long serialVersionUID = 1;

    private ConfigProblem(String message) {
        super(message);
    }

    /// Several at once, so that they can be mended at once.
    static ConfigProblem of(List<ConfigProblem> problems) {
        return problems.size() == 1
                ? problems.getFirst()
                : new ConfigProblem(
                        problems.stream()
                                .map(ConfigProblem::getMessage)
                                .collect(Collectors.joining("\n")));
    }

    /// @param where a file and, where it is known, a line: `conf/parley.conf:12`
    /// @param what what is wrong, as a sentence without a full stop
    /// @param hint the next step
    public ConfigProblem(String where, String what, String hint) {
        super(where + ": " + what + "\n  hint: " + hint);
    }
}
