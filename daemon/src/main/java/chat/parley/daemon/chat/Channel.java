package chat.parley.daemon.chat;

import chat.parley.daemon.store.ChannelLog;
import chat.parley.daemon.store.ChannelLog.Entry;
import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.protocol.Message;
import chat.parley.protocol.MessagePrinter;
import chat.parley.protocol.Name;
import chat.parley.protocol.Numeric;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One channel: who is in it, and the order in which things were said.
///
/// A channel is a thread. It alone touches the fields below, so there is nothing to lock; everyone
/// else puts a request in its inbox. It takes all that waits as one [Batch]: applies it, has it
/// kept, and lets it be heard. Nobody hears a message before it is on disk.
public final class Channel implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Channel.class);

    private final Name.Channel name;
    private final Server server;
    private final ChannelLog log;
    private final Clock clock;
    private final Consumer<Channel> retired;
    private final Inbox<Request> inbox;

    private final Map<User, Set<Recipient>> members = new LinkedHashMap<>();
    private final Map<Recipient, Seat> seats = new LinkedHashMap<>();
    private final List<Seat> leaving = new ArrayList<>();
    private Topic topic = Topic.NONE;
    private Instant now = Instant.EPOCH;

    private volatile Summary summary = new Summary(0, "");

    /// What LIST shows. It may be a moment old.
    public record Summary(int members, String topic) {}

    /// @param retired told once the channel's thread ends, as nobody is in it
    Channel(
            Name.Channel name,
            Server server,
            ChannelLog log,
            Clock clock,
            int inboxLength,
            Consumer<Channel> retired) {
        this.name = name;
        this.server = server;
        this.log = log;
        this.clock = clock;
        this.retired = retired;
        this.inbox = new Inbox<>(inboxLength);
    }

    public Name.Channel name() {
        return name;
    }

    public Summary summary() {
        return summary;
    }

    /// Waits while the inbox is full, which slows the one who is asking and nobody else. False if
    /// the channel has ended meanwhile; then [Channels] has another by its name.
    boolean ask(Request request) throws InterruptedException {
        return inbox.put(request);
    }

    /// Settles what waits and then ends; asking it is refused from now on.
    void stop() {
        inbox.close();
    }

    /// The channel's thread: until nobody is in it, or it is stopped.
    @Override
    public void run() {
        try {
            topic = storedTopic();
            do {
                var requests = inbox.takeAll();
                if (requests.isEmpty()) {
                    return;
                }
                try {
                    settle(requests);
                } catch (RuntimeException bug) {
                    LOG.atError().addKeyValue("channel", name).setCause(bug).log("channel bug");
                } finally {
                    requests.forEach(request -> request.settled().now());
                }
            } while (!members.isEmpty() || !inbox.closeIfEmpty());
        } catch (InterruptedException _) {
            LOG.atDebug().addKeyValue("channel", name).log("channel stopped");
        } finally {
            retired.accept(this);
        }
    }

    private Topic storedTopic() throws InterruptedException {
        try {
            return log.newest(stream(), "TOPIC").map(Topic::of).orElse(Topic.NONE);
        } catch (IOException e) {
            LOG.atError().addKeyValue("channel", name).setCause(e).log("topic not readable");
            return Topic.NONE;
        }
    }

    private Stream stream() {
        return new Stream.OfChannel(name.folded());
    }

    /// Applies the requests in order, keeps what is to be kept, and lets everybody hear it.
    void settle(List<Request> requests) throws InterruptedException {
        var read = clock.instant();
        now = read.isBefore(now) ? now : read; // a clock set back does not turn the order round
        var topicBefore = topic;
        var batch = new Batch();
        requests.forEach(request -> apply(request, batch));
        if (!batch.keepAll(log, server)) {
            topic = topicBefore;
        }
        var hearing = new ArrayList<>(seats.values());
        hearing.addAll(leaving);
        batch.deliver(hearing);
        leaving.clear();
        seats.values().forEach(Seat::settle);
        summary = new Summary(members.size(), topic.text());
    }

    private void apply(Request request, Batch batch) {
        switch (request) {
            case Request.Say say -> say(say, batch);
            case Request.Join join -> join(join.asker(), batch);
            case Request.Part part -> part(part, batch);
            case Request.Leave(var user, var quit, var told, _) -> {
                if (members.containsKey(user)) {
                    remove(user, batch.next());
                    batch.hearOnce(quit, now, told);
                }
            }
            case Request.Attach(var user, var session, _) -> attach(user, session, batch);
            case Request.Detach(var session, _) -> unseat(session, batch.next());
            case Request.ReadTopic(var asker, _) -> answer(batch, asker, topicFor(asker));
            case Request.ChangeTopic(var asker, var text, _) -> changeTopic(asker, text, batch);
            case Request.Names(var asker, _) -> answer(batch, asker, names(nickOf(asker)));
            case Request.Who(var asker, _) -> answer(batch, asker, who(nickOf(asker)));
        }
    }

    private void say(Request.Say say, Batch batch) {
        var asker = say.asker();
        if (!members.containsKey(asker.user())) {
            var quiet = say.command().equals("NOTICE"); // RFC 2812 3.3.2: never an error
            answer(batch, asker, quiet ? List.of() : List.of(cannotSend(asker)));
            return;
        }
        var source = asker.user().source();
        if (say.command().equals("TAGMSG")) {
            batch.pass(Message.from(source, "TAGMSG", name.text()), now, say.clientTags(), asker);
            return;
        }
        var message = Message.from(source, say.command(), name.text(), say.text());
        batch.keep(
                message,
                entry(asker, say.command(), say.text(), say.clientTags()),
                say.clientTags(),
                asker,
                false);
    }

    private Entry entry(
            Request.Asker asker, String command, String text, Map<String, String> clientTags) {
        return new Entry(
                stream(),
                now,
                asker.user().account(),
                asker.user().source(),
                command,
                name.text(),
                text,
                MessagePrinter.tags(clientTags));
    }

    private void join(Request.Asker asker, Batch batch) {
        var user = asker.user();
        if (members.containsKey(user)) { // Modern IRC, JOIN: silent for who is in already
            answer(batch, asker, List.of());
            return;
        }
        user.joined(this); // before its sessions are looked at: see User.joined
        members.put(user, new HashSet<>());
        var place = batch.next();
        batch.hear(Message.from(user.source(), "JOIN", name.text()), now, asker, false);
        user.sessions().forEach(session -> seat(user, session, place));
        for (var session : user.sessions()) {
            answer(
                    batch,
                    session.equals(asker.session())
                            ? asker
                            : new Request.Asker(user, session, Answers.plainly(session)),
                    greeting(user.nick().text()));
        }
    }

    private void attach(User user, Recipient session, Batch batch) {
        if (!members.containsKey(user) || seats.containsKey(session)) {
            return;
        }
        seat(user, session, batch.next());
        var lines = new ArrayList<Message>();
        lines.add(Message.from(user.source(), "JOIN", name.text()));
        lines.addAll(greeting(user.nick().text()));
        batch.answer(session, Answers.plainly(session), lines);
    }

    private void part(Request.Part part, Batch batch) {
        var asker = part.asker();
        if (!members.containsKey(asker.user())) {
            answer(batch, asker, List.of(notOn(asker)));
            return;
        }
        var params =
                part.reason().isEmpty()
                        ? List.of(name.text())
                        : List.of(name.text(), part.reason());
        batch.hear(Message.from(asker.user().source(), "PART", params), now, asker, true);
        remove(asker.user(), batch.next()); // after the step: who leaves hears it
    }

    private void changeTopic(Request.Asker asker, String text, Batch batch) {
        if (!members.containsKey(asker.user())) {
            answer(batch, asker, List.of(notOn(asker)));
            return;
        }
        var source = asker.user().source();
        topic = new Topic(text, source, now);
        batch.keep(
                Message.from(source, "TOPIC", name.text(), text),
                entry(asker, "TOPIC", text, Map.of()),
                Map.of(),
                asker,
                true);
    }

    private void seat(User user, Recipient session, int since) {
        var member = members.get(user);
        if (member != null && member.add(session)) {
            seats.put(session, new Seat(user, session, since));
        }
    }

    private void unseat(Recipient session, int before) {
        var seat = seats.remove(session);
        if (seat != null) {
            seat.endBefore(before);
            leaving.add(seat);
            var member = members.get(seat.user());
            if (member != null) {
                member.remove(session);
            }
        }
    }

    private void remove(User user, int before) {
        var sessions = members.remove(user);
        if (sessions != null) {
            sessions.forEach(session -> unseat(session, before));
            user.left(this);
        }
    }

    private static void answer(Batch batch, Request.Asker asker, List<Message> lines) {
        batch.answer(asker.session(), asker.answers(), lines);
    }

    private static String nickOf(Request.Asker asker) {
        return asker.user().nick().text();
    }

    private Message cannotSend(Request.Asker asker) {
        return server.numeric(
                Numeric.ERR_CANNOTSENDTOCHAN,
                nickOf(asker),
                name.text(),
                "You are not in that channel: JOIN it first");
    }

    private Message notOn(Request.Asker asker) {
        return server.numeric(
                Numeric.ERR_NOTONCHANNEL,
                nickOf(asker),
                name.text(),
                "You are not in that channel");
    }

    private List<Message> topicFor(Request.Asker asker) {
        if (!members.containsKey(asker.user())) {
            return List.of(notOn(asker));
        }
        return topic.text().isEmpty()
                ? List.of(
                        server.numeric(
                                Numeric.RPL_NOTOPIC, nickOf(asker), name.text(), "No topic is set"))
                : topicLines(nickOf(asker));
    }

    private List<Message> topicLines(String nick) {
        return List.of(
                server.numeric(Numeric.RPL_TOPIC, nick, name.text(), topic.text()),
                server.numeric(
                        Numeric.RPL_TOPICWHOTIME,
                        nick,
                        name.text(),
                        topic.by(),
                        Long.toString(topic.at().getEpochSecond())));
    }

    /// What follows one's own JOIN: the topic, if there is one, and the names.
    private List<Message> greeting(String nick) {
        var lines = new ArrayList<Message>();
        if (!topic.text().isEmpty()) {
            lines.addAll(topicLines(nick));
        }
        lines.addAll(names(nick));
        return lines;
    }

    private List<Message> names(String nick) {
        return MemberReplies.names(server, nick, name, members.keySet());
    }

    private List<Message> who(String nick) {
        return MemberReplies.who(server, nick, name.text(), members.keySet());
    }
}
