package chat.parley.daemon.command;

import chat.parley.daemon.chat.Described;
import chat.parley.daemon.chat.Event;
import chat.parley.daemon.chat.MetadataLines;
import chat.parley.daemon.chat.MetadataSync;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.session.Talker;
import chat.parley.protocol.Message;
import chat.parley.protocol.MetadataKey;
import chat.parley.protocol.Numeric;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/// METADATA SUB, UNSUB, SUBS and SYNC: what a session wants to hear of.
///
/// Runs on the session's reader.
final class MetadataSubscriptions {

    private static final String NAME = MetadataCommand.NAME;

    /// "If the target is an asterisk followed by uppercase "ALL""
    private static final String ALL = "*ALL";

    private static final int KEYS_IN_A_LINE = 12; // RFC 2812: 15 parameters
    private static final int CHARACTERS_IN_A_LINE = 350; // leaves room for what is before

    private final Server server;
    private final DaemonConfig.Metadata limits;
    private final MetadataTargets targets;
    private final MetadataSync sync;
    private final Clock clock;

    MetadataSubscriptions(
            Server server,
            DaemonConfig.Metadata limits,
            MetadataTargets targets,
            MetadataSync sync,
            Clock clock) {
        this.server = server;
        this.limits = limits;
        this.targets = targets;
        this.sync = sync;
        this.clock = clock;
    }

    /// "The server MUST process each key in order", and stop at the first there is no room for.
    void add(Talker talker, String target, List<String> keys, Reply reply) {
        if (!MetadataTargets.isOneself(talker, target)) {
            reply.line(targets.invalid(target));
            return;
        }
        var before = talker.capabilityNegotiation().subscriptions();
        var after = new LinkedHashSet<>(before);
        var accepted = new LinkedHashSet<String>();
        var complaints = new ArrayList<Message>();
        for (var key : keys) {
            if (!MetadataKey.isKey(key, limits.keySize())) {
                complaints.add(invalidKey(key));
            } else if (after.contains(key) || after.size() < limits.subscriptions()) {
                after.add(key);
                accepted.add(key);
            } else {
                complaints.add(full(key));
                break;
            }
        }
        talker.capabilityNegotiation().subscriptions(after);
        inLines(talker, Numeric.RPL_METADATASUBOK, accepted).forEach(reply::line);
        complaints.forEach(reply::line);
        if (talker.isIn() && after.size() > before.size()) {
            // A batch here would be as good, but what there is to say may be much: who wants it
            // at once asks at once.
            reply.line(sync.lines().later(talker.nick(), ALL, 0));
        }
    }

    void remove(Talker talker, String target, List<String> keys, Reply reply) {
        if (!MetadataTargets.isOneself(talker, target)) {
            reply.line(targets.invalid(target));
            return;
        }
        var left = new LinkedHashSet<>(talker.capabilityNegotiation().subscriptions());
        var removed = new LinkedHashSet<String>();
        var complaints = new ArrayList<Message>();
        for (var key : keys) {
            if (MetadataKey.isKey(key, limits.keySize())) {
                left.remove(key);
                removed.add(key);
            } else {
                complaints.add(invalidKey(key));
            }
        }
        talker.capabilityNegotiation().subscriptions(left);
        inLines(talker, Numeric.RPL_METADATAUNSUBOK, removed).forEach(reply::line);
        complaints.forEach(reply::line);
    }

    void list(Talker talker, String target, Reply reply) {
        if (!MetadataTargets.isOneself(talker, target)) {
            reply.line(targets.invalid(target));
            return;
        }
        var now = clock.instant();
        var keys = talker.capabilityNegotiation().subscriptions();
        reply.batch(
                List.of("metadata-subs"),
                inLines(talker, Numeric.RPL_METADATASUBS, keys).stream()
                        .map(line -> Event.of(line, Event.Actor.SERVER, now))
                        .toList());
    }

    /// Without the capabilities there is nothing a session could have subscribed to, and no batch.
    void sync(Talker talker, String target, Reply reply) throws InterruptedException {
        var isAll = talker.isIn() && target.equals(ALL);
        var found = isAll ? targets.all(talker) : targets.around(talker, target);
        if (found.isEmpty()) {
            reply.line(targets.invalid(target));
        } else if (MetadataLines.areFor(talker)) {
            sync(talker, isAll ? ALL : found.getFirst().name(), found, reply);
        }
    }

    private void sync(Talker talker, String about, List<Described> all, Reply reply) {
        var snapshot = sync.snapshot();
        all.forEach(described -> snapshot.add(described, talker, talker.nick()));
        if (snapshot.isTooMuch()
                || !reply.batchIfRoom(List.of("metadata", about), snapshot.messages())) {
            reply.line(sync.lines().later(talker.nick(), about, MetadataSync.LATER_SECONDS));
        } else {
            snapshot.catchUp(talker, talker.nick());
        }
    }

    private List<Message> inLines(Talker talker, Numeric numeric, Collection<String> keys) {
        var lines = new ArrayList<Message>();
        var line = new ArrayList<String>();
        var characters = 0;
        for (var key : keys) {
            if (line.size() == KEYS_IN_A_LINE
                    || (!line.isEmpty() && characters + key.length() > CHARACTERS_IN_A_LINE)) {
                lines.add(server.numeric(numeric, talker.nick(), line.toArray(String[]::new)));
                line.clear();
                characters = 0;
            }
            line.add(key);
            characters += 1 + key.length();
        }
        if (!line.isEmpty()) {
            lines.add(server.numeric(numeric, talker.nick(), line.toArray(String[]::new)));
        }
        return lines;
    }

    private Message invalidKey(String key) {
        return server.warn(NAME, "INVALID_KEY", Server.shown(key), "Not the name of a key");
    }

    private Message full(String key) {
        return server.fail(
                NAME,
                "LIMIT_REACHED",
                "SUB",
                key,
                Integer.toString(limits.subscriptions()),
                "No more subscriptions: UNSUB one first");
    }
}
