package chat.parley.daemon.command;

import chat.parley.daemon.session.Talker;
import chat.parley.protocol.Message;

/// One row of the table of commands.
///
/// @param usage the parameters as HELP shows them: what is not in brackets is required, and the
///   table checks that it is there
/// @param cost what it takes from the session's budget
/// @param access who may run it
/// @param order whether the command waits for those before it
/// @param summary what it does, for HELP
record CommandSpec(
        String name,
        String usage,
        int cost,
        Order order,
        Access access,
        String summary,
        Handler handler) {

    /// Who may run it at all; the table checks it before anything else.
    enum Access {
        /// Whoever has logged in; what is asked may have more to say.
        EVERYBODY,

        /// Even who must change the password before anything else.
        CONFINED,

        /// Who has said OPER.
        OPERATORS
    }

    CommandSpec(String name, String usage, int cost, Order order, String summary, Handler handler) {
        this(name, usage, cost, order, Access.EVERYBODY, summary, handler);
    }

    /// The same row for operators of the server only.
    CommandSpec forOperators() {
        return with(Access.OPERATORS);
    }

    /// The same row also for those who must change the password before anything else.
    CommandSpec forConfined() {
        return with(Access.CONFINED);
    }

    private CommandSpec with(Access other) {
        return new CommandSpec(name, usage, cost, order, other, summary, handler);
    }

    /// Whether what was asked before is settled before the command runs.
    enum Order {
        /// The rule: the session's commands happen one after the other.
        AFTER_ALL,
        /// The handler sees to it, as messages to one place may follow each other without waiting.
        FOLLOWS
    }

    /// What runs, on the session's reader.
    @FunctionalInterface
    interface Handler {
        void run(Talker talker, Message message, Reply reply) throws InterruptedException;
    }

    static CommandSpec row(String name, String usage, int cost, String summary, Handler handler) {
        return new CommandSpec(name, usage, cost, Order.AFTER_ALL, summary, handler);
    }

    /// How many parameters are required: each begins with `<`, and may have several words.
    int required() {
        var required = 0;
        for (var word : usage.split(" ", -1)) {
            if (word.startsWith("[")) {
                break;
            }
            required += word.startsWith("<") ? 1 : 0;
        }
        return required;
    }
}
