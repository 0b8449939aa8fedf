package chat.parley.daemon.chat;

import chat.parley.protocol.Capabilities;
import chat.parley.protocol.Capability;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Everybody who hears of what a user does: those who share a channel with it, its own other
/// sessions, and those who watch it. Each once, however many reasons there are.
///
/// Any thread that may wait for channels.
final class Peers {

    private static final Capabilities WATCHING_CLOSELY =
            Capabilities.of(Capability.EXTENDED_MONITOR, Capability.DRAFT_EXTENDED_MONITOR);

    private final Channels channels;
    private final DirectMessages directMessages;
    private final Monitors monitors;

    Peers(Channels channels, DirectMessages directMessages, Monitors monitors) {
        this.channels = channels;
        this.directMessages = directMessages;
        this.monitors = monitors;
    }

    /// Waits until all of it is queued.
    ///
    /// @param cause the session that did it, and is told otherwise
    /// @param watched whether it is told to those who watch the user too (IRCv3 extended-monitor)
    void tell(User user, Event event, Recipient cause, boolean watched)
            throws InterruptedException {
        var told = toldBy(cause);
        tell(user, settled -> new Request.Tell(user, event, told, settled));
        user.sessions().forEach(session -> deliver(event, session, told));
        if (watched) {
            tellWatchers(user, event, told);
        }
    }

    /// The same for a user who is another account's now; its channels see to what that changes.
    void changedAccount(User user, String before, Event event, Recipient cause)
            throws InterruptedException {
        var told = toldBy(cause);
        directMessages.changedAccount(user);
        tell(user, settled -> new Request.ChangedAccount(user, before, event, told, settled));
        tellWatchers(user, event, told);
    }

    private static Set<Recipient> toldBy(Recipient cause) {
        Set<Recipient> told = ConcurrentHashMap.newKeySet();
        told.add(cause);
        return told;
    }

    private void tell(User user, Function<Request.Settled, Request> request)
            throws InterruptedException {
        for (var channel : user.channels()) { // one after the other: an event is one thread's
            var settled = new Request.Settled();
            channels.ask(channel, request.apply(settled));
            settled.await();
        }
    }

    private void tellWatchers(User user, Event event, Set<Recipient> told) {
        for (var watcher : monitors.watching(user.nick())) {
            if (watcher.session().capabilities().and(WATCHING_CLOSELY).bits() != 0) {
                deliver(event, watcher.session(), told);
            }
        }
    }

    /// Tells all who subscribe to it what changed of a user's metadata: those who share a channel
    /// with it, its own sessions, and those who watch it (metadata, "Notifications").
    ///
    /// @param but who is told otherwise
    void tell(User user, Telling telling, Set<Recipient> but) throws InterruptedException {
        Set<Recipient> told = ConcurrentHashMap.newKeySet();
        told.addAll(but);
        Request.PerSession each =
                (receiver, session) ->
                        !told.add(session) || telling.to(session, receiver.nick().text());
        tell(user, settled -> new Request.TellEach(user, each, settled));
        user.sessions().forEach(session -> each.to(user, session));
        for (var watcher : monitors.watching(user.nick())) {
            each.to(watcher.user(), watcher.session());
        }
    }

    private static void deliver(Event event, Recipient session, Set<Recipient> told) {
        var lines = event.encodedFor(session.capabilities());
        if (told.add(session) && lines.length > 0) {
            session.deliver(lines);
        }
    }

    /// Takes the user out of its channels; the members hear of it.
    void leave(User user, Event quit) throws InterruptedException {
        Set<Recipient> told = ConcurrentHashMap.newKeySet();
        for (var channel : user.goes()) { // one after the other: an event is one thread's
            var settled = new Request.Settled();
            channels.ask(channel, new Request.Leave(user, quit, told, settled));
            settled.await();
        }
        directMessages.left(user);
    }

    /// Takes one session of a user that stays out of its channels.
    void detach(User user, Recipient session) throws InterruptedException {
        for (var channel : user.channels()) {
            channels.ask(channel, new Request.Detach(session, new Request.Settled()));
        }
        directMessages.left(user, session);
    }
}
