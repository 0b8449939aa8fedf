package chat.parley.daemon.command;

import chat.parley.daemon.chat.Server;
import chat.parley.daemon.session.ClientBatch.State;
import chat.parley.daemon.session.OpenBatch;
import chat.parley.daemon.session.Talker;
import chat.parley.protocol.Capabilities;
import chat.parley.protocol.Capability;
import chat.parley.protocol.Message;
import java.util.Optional;
import java.util.Set;

/// BATCH, and the lines between its two halves (IRCv3 client-batch, multiline): one message of
/// several lines, said when the batch is closed.
///
/// Whatever is not part of an open batch ends it with an error and is then done as always, but for
/// what keeps a session alive. The answers to the BATCH that opens, with its label, are about the
/// whole.
///
/// Runs on the session's reader; the batch itself is the session's.
final class BatchCommand {

    static final String MULTILINE = "draft/multiline";

    private static final String NAME = "BATCH";
    private static final String INVALID = "MULTILINE_INVALID";

    /// The capabilities that allow it: multiline "depends on the batch capability".
    private static final Capabilities NEEDED =
            Capabilities.of(Capability.MULTILINE, Capability.BATCH);

    /// A client sends these by itself, or never anything again.
    private static final Set<String> HARMLESS = Set.of("PING", "PONG", "QUIT");

    private final TalkCommands talk;

    BatchCommand(TalkCommands talk) {
        this.talk = talk;
    }

    CommandSpec row() {
        return new CommandSpec(
                NAME,
                "<+reference or -reference> [<type> <target>]",
                1,
                CommandSpec.Order.FOLLOWS,
                "begins and ends a message of several lines (draft/multiline)",
                this::run);
    }

    /// Whether the command was a line of a batch, good or bad; then it is done with.
    boolean takes(Talker talker, Message message, Reply reply) throws InterruptedException {
        if (message.command().equals(NAME)) {
            return false;
        }
        var batch = talker.clientBatch();
        var reference = message.tags().get("batch");
        switch (batch.state()) {
            case State.Open _ when reference == null -> {
                if (!HARMLESS.contains(message.command())) {
                    interrupt(talker);
                }
                return false;
            }
            case State.Open open -> {
                var fault =
                        open.batch().reference().equals(reference)
                                ? open.batch().add(message)
                                : Optional.of(OpenBatch.Fault.invalid("Another batch is open"));
                if (fault.isPresent()) {
                    talker.settle();
                    batch.fail(open, fault.get());
                }
                return true;
            }
            case State.Failed(var references)
                    when reference != null && references.contains(reference) -> {
                return true;
            }
            case State.None _, State.Failed _ -> {
                if (reference == null || !mayBatch(talker)) {
                    return false; // without the capability it is a tag like any other
                }
                talker.settle();
                reply.fail(NAME, INVALID, "No such batch is open");
                return true;
            }
        }
    }

    private static void interrupt(Talker talker) throws InterruptedException {
        talker.settle();
        talker.clientBatch().interrupted();
    }

    private static boolean mayBatch(Talker talker) {
        return talker.capabilities().and(NEEDED).equals(NEEDED);
    }

    private void run(Talker talker, Message message, Reply reply) throws InterruptedException {
        var given = message.param(0);
        var reference = given.isEmpty() ? "" : given.substring(1);
        if (given.startsWith("-")) {
            close(talker, message, reference, reply);
        } else if (given.startsWith("+")) {
            open(talker, message, reference, reply);
        } else {
            interrupt(talker);
            reply.fail(NAME, "INVALID_REFTAG", Server.shown(given), "Begin it with + or -");
        }
    }

    // ---- the first half

    private static void open(Talker talker, Message message, String reference, Reply reply)
            throws InterruptedException {
        var batch = talker.clientBatch();
        var type = message.param(1);
        if (batch.state() instanceof State.Open open && message.tags().containsKey("batch")) {
            talker.settle();
            var around = message.tags().get("batch");
            batch.fail(
                    open, OpenBatch.Fault.nested(reference, Server.shown(around), type), reference);
            return;
        }
        interrupt(talker); // one at a time
        if (!reference.matches("[A-Za-z0-9-]{1,64}")) { // IRCv3 batch, "The BATCH verb"
            batch.ignore(reference);
            reply.fail(
                    NAME,
                    "INVALID_REFTAG",
                    Server.shown(reference),
                    "A reference is 1 to 64 letters, digits and hyphens");
        } else if (!mayBatch(talker) || !type.equals(MULTILINE)) {
            batch.ignore(reference);
            reply.fail(
                    NAME,
                    "UNKNOWN_TYPE",
                    reference,
                    Server.shown(type),
                    "The only type is draft/multiline, for who has negotiated it and batch");
        } else if (message.param(2).isEmpty() || message.tags().containsKey("batch")) {
            batch.ignore(reference);
            reply.fail(NAME, INVALID, "A batch has a target, and stands in no other");
        } else {
            batch.open(
                    new OpenBatch(
                            reference,
                            message.param(2),
                            TalkCommands.clientTags(talker, message),
                            TalkCommands.onceOf(talker, message),
                            reply.handOver(),
                            batch.limits()));
        }
    }

    // ---- the second half

    private void close(Talker talker, Message message, String reference, Reply reply)
            throws InterruptedException {
        var batch = talker.clientBatch();
        switch (batch.state()) {
            case State.Open open
                    when open.batch().reference().equals(reference)
                            && !message.tags().containsKey("batch") -> {
                var whole = batch.take(open);
                if (whole.isPresent()) {
                    say(talker, whole.get());
                } else { // it was left open a moment too long
                    close(talker, message, reference, reply);
                }
            }
            case State.Open _ -> interrupt(talker);
            case State.Failed failed when failed.references().contains(reference) ->
                    batch.closed(failed, reference);
            case State.None _, State.Failed _ -> {
                talker.settle();
                reply.fail(NAME, INVALID, "No such batch is open");
            }
        }
    }

    private void say(Talker talker, OpenBatch whole) throws InterruptedException {
        var fault = whole.end();
        if (fault.isPresent()) {
            talker.settle();
            talker.clientBatch().answer(whole, fault.get());
            return;
        }
        talk.say(
                talker,
                whole.target(),
                new TalkCommands.Speech(
                        whole.command(), whole.text(), whole.clientTags(), whole.once()),
                whole.answers());
    }
}
