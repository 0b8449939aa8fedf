package chat.parley.daemon.command;

import chat.parley.daemon.chat.Described;
import chat.parley.daemon.chat.Event;
import chat.parley.daemon.chat.MetadataLines;
import chat.parley.daemon.chat.MetadataSync;
import chat.parley.daemon.chat.Outcome;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.chat.Snapshot;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.session.Talker;
import chat.parley.daemon.store.Metadata.Held;
import chat.parley.protocol.Message;
import chat.parley.protocol.MetadataKey;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// METADATA GET, LIST, SET and CLEAR; and what the burst says of oneself.
///
/// Runs on the session's reader.
final class MetadataValues {

    private static final String NAME = MetadataCommand.NAME;

    private final Server server;
    private final DaemonConfig.Metadata limits;
    private final MetadataTargets targets;
    private final MetadataSync sync;
    private final MetadataLines lines;
    private final Clock clock;

    MetadataValues(
            Server server,
            DaemonConfig.Metadata limits,
            MetadataTargets targets,
            MetadataSync sync,
            Clock clock) {
        this.server = server;
        this.limits = limits;
        this.targets = targets;
        this.sync = sync;
        this.lines = sync.lines();
        this.clock = clock;
    }

    void get(Talker talker, String target, List<String> keys, Reply reply)
            throws InterruptedException {
        var found = targets.find(talker, target);
        if (found.isEmpty()) {
            reply.line(targets.invalid(target));
            return;
        }
        var described = found.get().described();
        var snapshot = sync.snapshot();
        var held = snapshot.see(described);
        var answers = new ArrayList<Message>();
        for (var key : new LinkedHashSet<>(keys)) { // each once, however often it is asked for
            answers.add(
                    MetadataKey.isKey(key, limits.keySize())
                            ? lines.line(talker.nick(), described.name(), key, held)
                            : server.warn(
                                    NAME,
                                    "INVALID_KEY",
                                    Server.shown(key),
                                    "Not the name of a key"));
        }
        batch(described.name(), answers, reply);
        finish(talker, snapshot, reply);
    }

    void list(Talker talker, String target, Reply reply) throws InterruptedException {
        var found = targets.find(talker, target);
        if (found.isEmpty()) {
            reply.line(targets.invalid(target));
            return;
        }
        var described = found.get().described();
        var snapshot = sync.snapshot();
        var held = snapshot.see(described);
        batch(described.name(), lines(talker, described, held.values().keySet(), held), reply);
        finish(talker, snapshot, reply);
    }

    void set(Talker talker, String target, String key, String value, Reply reply)
            throws InterruptedException {
        var found = targets.find(talker, target);
        if (found.isEmpty()) {
            reply.line(targets.invalid(target));
        } else if (!MetadataKey.isKey(key, limits.keySize())) {
            reply.fail(
                    NAME,
                    "INVALID_KEY",
                    Server.shown(key),
                    "A key is 1 to %s of a-z 0-9 _ . / -".formatted(limits.keySize()));
        } else if (value.getBytes(StandardCharsets.UTF_8).length > limits.valueSize().bytes()) {
            reply.fail(NAME, "INVALID_VALUE", key, "A value has at most " + limits.valueSize());
        } else {
            set(talker, found.get(), key, value, reply);
        }
    }

    private void set(
            Talker talker, MetadataTargets.Subject subject, String key, String value, Reply reply)
            throws InterruptedException {
        var described = subject.described();
        var name = described.name();
        switch (subject.change().to(Map.of(key, value))) {
            case Outcome.Kept(var now, var refused) when refused.isEmpty() -> {
                var snapshot = sync.snapshot();
                snapshot.saw(described, now);
                reply.line(lines.line(talker.nick(), name, key, now));
                finish(talker, snapshot, reply);
            }
            case Outcome.Kept _ -> reply.line(full(name));
            case Outcome.Denied _ -> reply.line(denied(name, key));
            case Outcome.NotStored _ -> reply.line(notStored(name));
        }
    }

    void clear(Talker talker, String target, Reply reply) throws InterruptedException {
        var found = targets.find(talker, target);
        if (found.isEmpty()) {
            reply.line(targets.invalid(target));
            return;
        }
        var described = found.get().described();
        var changes = new TreeMap<String, String>();
        described.keys().now().values().keySet().forEach(key -> changes.put(key, ""));
        switch (found.get().change().to(changes)) {
            case Outcome.Kept(var now, _) -> {
                var snapshot = sync.snapshot();
                snapshot.saw(described, now);
                batch(described.name(), lines(talker, described, changes.keySet(), now), reply);
                finish(talker, snapshot, reply);
            }
            case Outcome.Denied _ -> reply.line(denied(described.name(), "*"));
            case Outcome.NotStored _ -> reply.line(notStored(described.name()));
        }
    }

    /// What was said before login is so from now on; then all there is, whether it is subscribed to
    /// or not ("Automatic synchronization").
    ///
    /// @return what was told, to be caught up with once it is queued
    Snapshot burst(Talker talker, Reply reply) throws InterruptedException {
        var oneself = targets.oneself(talker);
        var early = talker.early().now().values();
        var answers = new ArrayList<Message>();
        if (!early.isEmpty()) {
            switch (oneself.change().to(early)) {
                case Outcome.Kept(_, var refused) -> {
                    if (!refused.isEmpty()) {
                        answers.add(full(oneself.described().name()));
                    }
                }
                case Outcome.Denied _, Outcome.NotStored _ ->
                        answers.add(notStored(oneself.described().name()));
            }
        }
        var snapshot = sync.snapshot();
        if (MetadataLines.areFor(talker)) {
            var held = snapshot.see(oneself.described());
            answers.addAll(lines(talker, oneself.described(), held.values().keySet(), held));
            batch(oneself.described().name(), answers, reply);
        }
        return snapshot;
    }

    private List<Message> lines(
            Talker talker, Described target, Collection<String> keys, Held held) {
        return keys.stream()
                .map(key -> lines.line(talker.nick(), target.name(), key, held))
                .toList();
    }

    private void batch(String target, List<Message> messages, Reply reply) {
        var now = clock.instant();
        reply.batch(
                List.of("metadata", target),
                messages.stream()
                        .map(message -> Event.of(message, Event.Actor.SERVER, now))
                        .toList());
    }

    /// Queues the answer, and then what changed since it was made.
    private static void finish(Talker talker, Snapshot snapshot, Reply reply) {
        reply.handOver().done();
        snapshot.catchUp(talker, talker.nick());
    }

    private Message full(String target) {
        return server.fail(
                NAME,
                "LIMIT_REACHED",
                "SET",
                target,
                Integer.toString(limits.keys()),
                "No more keys: remove one first");
    }

    private Message denied(String target, String key) {
        return server.fail(NAME, "KEY_NO_PERMISSION", target, key, "That is not yours to change");
    }

    private Message notStored(String target) {
        return server.fail(
                NAME,
                "NOT_STORED",
                target,
                "This could not be stored, and nobody has seen it. Try again later");
    }
}
