package chat.parley.daemon.command;

import chat.parley.daemon.chat.MetadataSync;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.chat.Snapshot;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.session.Talker;
import chat.parley.protocol.Message;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// METADATA (IRCv3 metadata, revision 3): takes the command apart; what it does is done by
/// [MetadataValues] and [MetadataSubscriptions].
///
/// Runs on the session's reader, before login too (`before-connect`).
final class MetadataCommand {

    static final String NAME = "METADATA";

    private static final int ANY = Integer.MAX_VALUE;

    /// A subcommand, and how many parameters it has.
    private enum Sub {
        GET(1, ANY),
        LIST(0, 0),
        SET(1, 2),
        CLEAR(0, 0),
        SUB(1, ANY),
        UNSUB(1, ANY),
        SUBS(0, 0),
        SYNC(0, 0);

        private final int least;
        private final int most;

        Sub(int least, int most) {
            this.least = least;
            this.most = most;
        }

        static Optional<Sub> of(String word) {
            var upper = word.toUpperCase(Locale.ROOT);
            return List.of(values()).stream().filter(sub -> sub.name().equals(upper)).findFirst();
        }
    }

    private final MetadataValues values;
    private final MetadataSubscriptions subscriptions;

    MetadataCommand(
            Server server,
            DaemonConfig.Metadata limits,
            MetadataTargets targets,
            MetadataSync sync,
            Clock clock) {
        this.values = new MetadataValues(server, limits, targets, sync, clock);
        this.subscriptions = new MetadataSubscriptions(server, limits, targets, sync, clock);
    }

    CommandSpec row() {
        // Without required parameters: it has a code of its own for what is missing.
        return CommandSpec.row(
                NAME,
                "[<target> <subcommand> {<parameter>}]",
                3,
                "shows and changes what people and channels say of themselves",
                this::run);
    }

    void run(Talker talker, Message message, Reply reply) throws InterruptedException {
        var sub = Sub.of(message.param(1));
        if (sub.isEmpty()) {
            invalid(message.param(1), "Use GET, LIST, SET, CLEAR, SUB, UNSUB, SUBS, SYNC", reply);
            return;
        }
        var params = message.params().subList(2, message.params().size());
        if (params.size() < sub.get().least) {
            invalid(sub.get().name(), "Not enough parameters", reply);
        } else if (params.size() > sub.get().most) {
            invalid(sub.get().name(), "Too many parameters", reply);
        } else {
            run(sub.get(), talker, message.param(0), params, reply);
        }
    }

    private static void invalid(String sub, String text, Reply reply) {
        reply.fail(NAME, "INVALID_PARAMS", Server.shown(sub), text);
    }

    private void run(Sub sub, Talker talker, String target, List<String> params, Reply reply)
            throws InterruptedException {
        switch (sub) {
            case GET -> values.get(talker, target, params, reply);
            case LIST -> values.list(talker, target, reply);
            case SET -> {
                var value = params.size() > 1 ? params.get(1) : "";
                values.set(talker, target, params.getFirst(), value, reply);
            }
            case CLEAR -> values.clear(talker, target, reply);
            case SUB -> subscriptions.add(talker, target, params, reply);
            case UNSUB -> subscriptions.remove(talker, target, params, reply);
            case SUBS -> subscriptions.list(talker, target, reply);
            case SYNC -> subscriptions.sync(talker, target, reply);
        }
    }

    /// Right after login, for the burst.
    ///
    /// @return what was told, to be caught up with once it is queued
    Snapshot burst(Talker talker, Reply reply) throws InterruptedException {
        return values.burst(talker, reply);
    }
}
