package chat.parley.client;

/// Why the client cannot go on: a sentence for the person and the exit code. Caught in [Main].
final class Problem extends Exception {

    private static final long serialVersionUID = 1;

    private final ExitCode code;

    Problem(ExitCode code, String message) {
        super(message);
        this.code = code;
    }

    static Problem wrongUse(String message) {
        return new Problem(ExitCode.WRONG_USE, message);
    }

    ExitCode code() {
        return code;
    }
}
