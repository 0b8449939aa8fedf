package chat.parley.client;

import chat.parley.client.model.Ending;

/// What the client ends with: a contract that scripts rely on, and part of `--help`.
enum ExitCode {
    DONE(0, "done"),
    REFUSED(1, "refused by the daemon, or not found"),
    WRONG_USE(2, "wrong use"),
    CANNOT_CONNECT(3, "cannot connect, or the link broke before it was done"),
    NOT_TRUSTED(4, "the server is not trusted");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    int number() {
        return number;
    }

    String meaning() {
        return meaning;
    }

    static ExitCode of(Ending.Kind kind) {
        return switch (kind) {
            case DONE -> DONE;
            case REFUSED -> REFUSED;
            case CANNOT_CONNECT -> CANNOT_CONNECT;
            case NOT_TRUSTED -> NOT_TRUSTED;
        };
    }
}
