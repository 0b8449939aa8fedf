package chat.parley.daemon.command;

import chat.parley.daemon.chat.Server;
import chat.parley.daemon.session.Dispatcher;
import chat.parley.daemon.session.Need;
import chat.parley.daemon.session.Talker;
import chat.parley.protocol.Capabilities;
import chat.parley.protocol.Capability;
import chat.parley.protocol.Message;
import chat.parley.protocol.Numeric;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The rules that hold before any command runs. It is a table, and stays one.
///
/// Whoever is here has logged in: `session.Entrance` sees to everything before that, but for
/// METADATA, which some say early.
public final class CommandTable implements Dispatcher {

    private static final int COST_OF_THE_UNKNOWN = 1;

    /// IRCv3 labeled-response: "Labels MUST be … no longer than 64 bytes".
    private static final int LONGEST_LABEL = 64;

    /// The name of a batch before login. The running number of the others would tell a stranger how
    /// much is going on.
    private static final String OF_A_STRANGER = "r";

    private final Server server;
    private final Isupport isupport;
    private final Welcome welcome;
    private final BatchCommand batches;
    private final MetadataCommand metadata;
    private final Map<String, CommandSpec> rows = new TreeMap<>();
    private final AtomicLong replies = new AtomicLong();

    /// @param batches takes the lines of a batch before they are looked at as commands
    /// @param families the rows of each family of commands; HELP is made from all of them
    CommandTable(
            Server server,
            Isupport isupport,
            Welcome welcome,
            MetadataCommand metadata,
            BatchCommand batches,
            List<List<CommandSpec>> families) {
        this.server = server;
        this.isupport = isupport;
        this.welcome = welcome;
        this.metadata = metadata;
        this.batches = batches;
        families.forEach(family -> family.forEach(this::add));
        new HelpCommand(rows.values()).rows().forEach(this::add);
    }

    private void add(CommandSpec row) {
        if (rows.put(row.name(), row) != null) {
            throw new IllegalArgumentException("two rows for " + row.name());
        }
    }

    /// All rows, by name.
    Collection<CommandSpec> rows() {
        return rows.values();
    }

    @Override
    public void welcome(Talker talker) throws InterruptedException {
        welcome.to(talker, reply(talker, null));
    }

    @Override
    public void confined(Talker talker, String source) {
        welcome.confined(talker, source, reply(talker, null));
    }

    @Override
    public List<Message> isupport(String nick, Capabilities capabilities) {
        return isupport.lines(nick, capabilities, OF_A_STRANGER);
    }

    @Override
    public void early(Talker talker, Message message) throws InterruptedException {
        var reply = new Reply(talker, server, labelOf(talker, message), OF_A_STRANGER);
        metadata.run(talker, message, reply);
        if (!reply.isHandedOver()) {
            reply.done();
        }
    }

    @Override
    public int costOf(String command) {
        var row = rows.get(command);
        return row == null ? COST_OF_THE_UNKNOWN : row.cost();
    }

    @Override
    public void dispatch(Talker talker, Message message) throws InterruptedException {
        var reply = reply(talker, labelOf(talker, message));
        if (!talker.isIn()) {
            runConfined(rows.get(message.command()), talker, message, reply);
        } else if (!batches.takes(talker, message, reply)) {
            run(rows.get(message.command()), talker, message, reply);
        }
        if (!reply.isHandedOver()) {
            reply.done();
        }
    }

    private static void runConfined(
            @Nullable CommandSpec row, Talker talker, Message message, Reply reply)
            throws InterruptedException {
        var need = talker.own().need().orElse(Need.PASSWORD);
        if (row != null && row.access() == CommandSpec.Access.CONFINED && !need.hides(row.name())) {
            run(row, talker, message, reply);
        } else {
            reply.fail(message.command(), need.code(), need.how());
        }
    }

    private static void run(@Nullable CommandSpec row, Talker talker, Message message, Reply reply)
            throws InterruptedException {
        if (row == null || row.order() == CommandSpec.Order.AFTER_ALL) {
            talker.settle();
        }
        if (row == null) {
            reply.numeric(
                    Numeric.ERR_UNKNOWNCOMMAND, message.command(), "Unknown command: see HELP");
        } else if (row.access() == CommandSpec.Access.OPERATORS
                && !talker.user().profile().has('o')) {
            reply.numeric(Numeric.ERR_NOPRIVILEGES, "Only operators of this server may do that");
        } else if (message.params().size() < row.required()) {
            talker.settle();
            reply.numeric(
                    Numeric.ERR_NEEDMOREPARAMS,
                    row.name(),
                    "Not enough parameters: " + row.name() + " " + row.usage());
        } else {
            row.handler().run(talker, message, reply);
        }
    }

    private Reply reply(Talker talker, @Nullable String label) {
        return new Reply(talker, server, label, "r" + replies.incrementAndGet());
    }

    private static @Nullable String labelOf(Talker talker, Message message) {
        var label = message.tags().get("label");
        return label == null
                        || label.isEmpty()
                        || label.length() > LONGEST_LABEL
                        || !talker.capabilities().has(Capability.LABELED_RESPONSE)
                ? null
                : label;
    }
}
