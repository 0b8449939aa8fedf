package chat.parley.daemon.command;

import chat.parley.daemon.chat.Channel;
import chat.parley.daemon.chat.Channels;
import chat.parley.daemon.chat.Described;
import chat.parley.daemon.chat.Directory;
import chat.parley.daemon.chat.Outcome;
import chat.parley.daemon.chat.Request;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.chat.User;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.session.Talker;
import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whom METADATA can be about, and who may change it: oneself; anybody who is here, as with WHOIS;
/// the channels one is in. Whoever is not in a channel cannot tell it from one that is not there.
///
/// Any reader's thread.
final class MetadataTargets {

    /// "Clients SHOULD use the asterisk symbol when targeting their own nickname."
    static final String ONESELF = "*";

    private final Server server;
    private final Channels channels;
    private final Directory directory;
    private final DaemonConfig.Metadata limits;

    /// One target, and how the talker changes it.
    record Subject(Described described, Change change) {}

    /// Changes what it can of these; empty values remove.
    interface Change {
        Outcome to(Map<String, String> changes) throws InterruptedException;
    }

    MetadataTargets(
            Server server, Channels channels, Directory directory, DaemonConfig.Metadata limits) {
        this.server = server;
        this.channels = channels;
        this.directory = directory;
        this.limits = limits;
    }

    Message invalid(String given) {
        return server.fail(
                MetadataCommand.NAME,
                "INVALID_TARGET",
                Server.shown(given),
                "Nobody who is here, and no channel you are in");
    }

    static boolean isOneself(Talker talker, String given) {
        return given.equals(ONESELF)
                || (talker.isIn()
                        && Name.Nick.of(given).filter(talker.user().nick()::equals).isPresent());
    }

    Optional<Subject> find(Talker talker, String given) {
        if (isOneself(talker, given)) {
            return Optional.of(oneself(talker));
        }
        if (!talker.isIn()) {
            return Optional.empty();
        }
        if (Name.looksLikeChannel(given)) {
            return channel(talker, given).map(channel -> subject(talker, channel));
        }
        return directory.find(given).map(user -> subject(talker, user));
    }

    Subject oneself(Talker talker) {
        return talker.isIn() ? subject(talker, talker.user()) : early(talker);
    }

    /// Somebody who has not logged in: it is remembered until then.
    private Subject early(Talker talker) {
        var keys = talker.early();
        return new Subject(
                new Described(ONESELF, keys),
                changes -> {
                    var held = keys.now();
                    var change = held.with(changes, limits.keys(), held.version() + 1);
                    keys.learn(change.now());
                    return new Outcome.Kept(change.now(), change.refused());
                });
    }

    private Subject subject(Talker talker, User user) {
        return new Subject(
                Described.of(user),
                changes ->
                        user.equals(talker.user()) || talker.user().profile().has('o')
                                ? directory.describe(user, talker, changes)
                                : new Outcome.Denied());
    }

    private Subject subject(Talker talker, Channel channel) {
        return new Subject(
                new Described(channel.name().text(), channel.keys()),
                changes -> {
                    var settled = new Request.Settled();
                    channels.ask(
                            channel, new Request.Describe(talker.user(), talker, changes, settled));
                    settled.await();
                    return settled.outcome();
                });
    }

    private Optional<Channel> channel(Talker talker, String given) {
        return !talker.isIn()
                ? Optional.empty()
                : Name.Channel.of(given)
                        .flatMap(channels::find)
                        .filter(channel ->
                                talker.user().channels().contains(channel)
                                        || talker.user().profile().has('o'));
    }

    /// What METADATA SYNC of this one is about: first itself, then of a channel everybody in it.
    /// Nothing if there is no such target.
    List<Described> around(Talker talker, String given) throws InterruptedException {
        var found = find(talker, given);
        if (found.isEmpty()) {
            return List.of();
        }
        var all = new ArrayList<Described>();
        all.add(found.get().described());
        var channel = channel(talker, given);
        if (channel.isPresent()) {
            all.addAll(survey(talker, channel.get()));
        }
        return all;
    }

    /// All that the talker sees: itself, its channels, who is in them, and whom it watches.
    List<Described> all(Talker talker) throws InterruptedException {
        var all = new ArrayList<Described>();
        all.add(Described.of(talker.user()));
        for (var channel : talker.user().channels()) {
            all.addAll(survey(talker, channel));
        }
        for (var nick : directory.monitors().of(talker)) {
            directory.find(nick.text()).map(Described::of).ifPresent(all::add);
        }
        return all;
    }

    private List<Described> survey(Talker talker, Channel channel) throws InterruptedException {
        var found = new ArrayList<Described>();
        var settled = new Request.Settled();
        channels.ask(channel, new Request.Survey(talker.user(), found::addAll, settled));
        settled.await();
        return found;
    }
}
