package chat.parley.daemon.chat;

import chat.parley.daemon.store.ChannelLog.Stream;
import chat.parley.daemon.store.Metadata.Owner.OfChannel;
import chat.parley.protocol.Capability;
import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Name;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One channel: who is in it, and the order in which things were said.
///
/// A channel is a thread. It alone touches its [Room], so there is nothing to lock; everyone else
/// puts a request in its inbox. It takes all that waits as one [Batch]: applies it, has it kept,
/// and lets it be heard. Where it is busy and nothing but speech waits it rests before ([Pace]).
/// Nobody hears a message before it is on disk.
public final class Channel implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Channel.class);

    /// What all channels share.
    ///
    /// @param rules who may start others, and the channels that everybody is put in
    record House(
            Server server,
            Channels.Stores stores,
            ReadMarkers markers,
            Descriptions descriptions,
            Clock clock,
            int inboxLength,
            Supplier<Channels.Rules> rules,
            Backlog backlog,
            Channels channels) {

        /// Whether everybody is put in it: nobody owns it.
        boolean isCommon(Name.Channel name) {
            return rules.get().common().contains(name);
        }
    }

    /// Masks on all lists of one channel.
    public static final int MOST_LISTED = MaskLists.MOST_LISTED;

    /// What can be seen of it from outside. It may be a moment old.
    ///
    /// @param invited folded accounts
    public record Summary(
            int members,
            boolean secret,
            boolean auditorium,
            Topic topic,
            Instant createdAt,
            Roles roles,
            Set<String> invited) {

        public boolean isInvited(User user) {
            return invited.contains(CaseMapping.fold(user.account()));
        }
    }

    private final House house;
    private final Room room;
    private final Inbox<Request> inbox;
    private final Membership membership;
    private final Speech speech;
    private final Redactions redactions;
    private final Governing governing;
    private final Founding founding;
    private final Describing describing;
    private final Receipts receipts;
    private final Renaming renaming;
    private final Pace pace;
    private long begun; // the batch; System.nanoTime()
    private Instant now = Instant.EPOCH;
    private boolean readable;

    private volatile Name.Channel name;
    private volatile Summary summary =
            new Summary(0, true, true, Topic.NONE, Instant.EPOCH, Roles.NONE, Set.of());

    Channel(Name.Channel name, House house) {
        this.house = house;
        this.pace = new Pace(System.nanoTime(), house.backlog());
        this.name = name;
        this.room = new Room(name);
        this.inbox = new Inbox<>(house.inboxLength(), Request::isSpeech);
        this.governing =
                new Governing(
                        room, house.server(), house.stores().settings(), house.stores().audit());
        this.founding = new Founding(room, house, governing);
        this.receipts = new Receipts(room, house.stores().deliveries());
        this.describing = new Describing(room, house.descriptions());
        this.membership = new Membership(this, room, house, describing);
        this.renaming = new Renaming(this, room, house, membership, describing);
        this.speech = new Speech(room, house.server());
        this.redactions =
                new Redactions(
                        house.server(),
                        house.stores().log(),
                        house.stores().audit(),
                        () -> house.rules().get().redactWithin());
    }

    /// What it is called now. Any thread.
    public Name.Channel name() {
        return name;
    }

    /// It is called so from now on, and that is kept.
    void renamed(Name.Channel to) {
        name = to;
        Thread.currentThread().setName("channel-" + to.folded());
    }

    public Summary summary() {
        return summary;
    }

    /// Its metadata.
    public Keys keys() {
        return room.keys();
    }

    /// What stands before somebody's nick here, a moment ago.
    public String prefixOf(User user) {
        return summary.roles().prefix(user.account(), false);
    }

    /// Whether somebody may know that it is there: a secret one shows itself to members only.
    public boolean isVisibleTo(User user) {
        return !summary.secret() || user.channels().contains(this);
    }

    /// Whether somebody sees all that happens here: with `+u` operators only do.
    public boolean isWholeTo(User user) {
        return !summary.auditorium() || role(user).isAtLeast(Role.OPERATOR);
    }

    /// Whether somebody may know that a member is here.
    public boolean shows(User member, User to) {
        return member.equals(to)
                || isWholeTo(to)
                || summary.roles().of(member.account()).isAtLeast(Role.VOICE);
    }

    /// What somebody may do here, a moment ago.
    public Role role(User user) {
        return user.profile().has('o') ? Role.OWNER : summary.roles().of(user.account());
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
            readable = restore();
            do {
                var requests = inbox.takeAll(pace.next());
                begun = System.nanoTime();
                if (requests.isEmpty()) {
                    receipts.noteAll();
                    return;
                }
                try {
                    settleAll(requests);
                } catch (RuntimeException bug) {
                    LOG.atError().addKeyValue("channel", name()).setCause(bug).log("channel bug");
                } finally {
                    requests.forEach(request -> request.settled().now());
                }
            } while (!room.isEmpty() || !inbox.closeIfEmpty());
        } catch (InterruptedException _) {
            LOG.atDebug().addKeyValue("channel", name()).log("channel stopped");
        } finally {
            house.channels().remove(this);
        }
    }

    /// Whether it is known how the channel was. If not, nobody comes in, or whoever is first would
    /// own it, without its bans and its key; the next one who asks makes a new attempt.
    private boolean restore() throws InterruptedException {
        try {
            house.stores().settings().load(name().folded()).ifPresent(room::restore);
            house.descriptions().restore(new OfChannel(name().folded()), room.keys());
            var stream = new Stream.OfChannel(name().folded());
            receipts.beginAfter(house.stores().log().newest(stream).orElse(0L));
            room.topic(
                    house.stores().log().newest(stream, "TOPIC").map(Topic::of).orElse(Topic.NONE));
            return true;
        } catch (IOException e) {
            LOG.atError().addKeyValue("channel", name()).setCause(e).log("channel not readable");
            return false;
        }
    }

    /// In order. A rename is a batch of its own, as it changes what all others are kept under.
    private void settleAll(List<Request> requests) throws InterruptedException {
        if (requests.stream().noneMatch(Request.Rename.class::isInstance)) {
            settle(requests);
            return;
        }
        var together = new ArrayList<Request>();
        for (var request : requests) {
            if (request instanceof Request.Rename rename) {
                settle(together);
                together.clear();
                look();
                heard(List.of(rename), renaming.settle(rename, now), true);
            } else {
                together.add(request);
            }
        }
        settle(together);
    }

    /// Applies the requests in order, keeps what is to be kept, and lets everybody hear it.
    void settle(List<Request> requests) throws InterruptedException {
        look();
        var topicBefore = room.topic();
        var batch = new Batch();
        for (var request : requests) {
            apply(request, batch);
        }
        var kept = batch.keepAll(house.stores().log()::append, house.server());
        if (!kept) {
            room.topic(topicBefore);
        }
        heard(requests, batch, kept);
    }

    /// A clock set back does not turn the order round.
    private void look() {
        var read = house.clock().instant();
        now = read.isBefore(now) ? now : read;
    }

    private void heard(List<Request> requests, Batch batch, boolean kept)
            throws InterruptedException {
        summary = // first: who hears of a change and looks at once must see it
                new Summary(
                        room.members().size(),
                        room.modes().has('s'),
                        room.modes().has('u'),
                        room.topic(),
                        room.createdAt(),
                        room.roles(),
                        room.invited());
        redactions.settled(kept);
        batch.deliver(room.hearing());
        if (batch.isHeard()) {
            pace.heard(room.seats().size(), begun);
        }
        receipts.settled(requests, batch, kept, now);
    }

    private void apply(Request request, Batch batch) throws InterruptedException {
        switch (request) {
            case Request.Say say -> speech.say(say, now, batch);
            case Request.Redact(var asker, var msgid, var reason, _) ->
                    redact(asker, msgid, reason, batch);
            case Request.ReadTopic(var asker, _) -> speech.readTopic(asker, batch);
            case Request.ChangeTopic(var asker, var text, _) ->
                    speech.changeTopic(asker, text, now, batch);
            case Request.Join join -> join(join, batch);
            case Request.Rename _ -> throw new IllegalStateException("a rename is settled alone");
            case Request.Part(var asker, var reason, _) ->
                    membership.part(asker, reason, now, batch);
            case Request.Kick(var asker, var target, var reason, _) ->
                    membership.kick(asker, target, reason, now, batch);
            case Request.Invite(var asker, var guest, _) ->
                    membership.invite(asker, guest, now, batch);
            case Request.Leave(var user, var quit, var told, _) ->
                    membership.leave(user, quit, told, now, batch);
            case Request.Tell(var user, var event, var told, _) -> {
                if (room.has(user)) {
                    var witnesses = new Auditorium(room).witnesses(user, Role.VOICE);
                    batch.hearOnce(event, Remembered.entry(room, event, now), told, witnesses);
                }
            }
            case Request.ChangedAccount(var user, var before, var event, var told, _) ->
                    membership.changedAccount(user, before, event, told, now, batch);
            case Request.TellEach(var about, var telling, _) -> {
                if (room.has(about)) {
                    var witnesses = new Auditorium(room).witnesses(about, Role.VOICE);
                    batch.tell(seat ->
                            (witnesses != null && !witnesses.test(seat))
                                    || telling.to(seat.user(), seat.who()));
                }
            }
            case Request.Describe describe -> describing.change(describe, batch);
            case Request.Survey(var user, var found, _) -> {
                if (room.has(user)) {
                    found.accept(describing.all(user));
                }
            }
            case Request.Attach(var user, var session, _) ->
                    membership.attach(user, session, now, batch);
            case Request.Detach(var session, _) -> room.unseat(session, batch.next());
            case Request.ChangeModes(var asker, var changes, var mistakes, _) ->
                    governing.change(asker, changes, mistakes, now, batch);
            case Request.Forget(var account, _) -> governing.forget(account);
            case Request.Names(var asker, _) ->
                    batch.answer(asker, MemberReplies.names(house.server(), asker, room, false));
            case Request.Who(var asker, var only, var line, _) ->
                    batch.answer(
                            asker,
                            room.members().stream()
                                    .filter(only)
                                    .filter(member ->
                                            member.equals(asker.user())
                                                    || new Auditorium(room)
                                                            .shows(member, asker.user()))
                                    .map(member -> line.of(member, prefix(asker, member)))
                                    .toList());
        }
    }

    private void redact(Request.Asker asker, String msgid, String reason, Batch batch)
            throws InterruptedException {
        var user = asker.user();
        var target = name().text();
        if (!room.has(user) && !user.profile().has('o')) { // it left meanwhile
            batch.answer(asker, house.server().cannotRedactFrom(target));
            return;
        }
        var verdict =
                redactions.judge(
                        new Redactions.Wanted(
                                user,
                                asker.session().address(),
                                new Stream.OfChannel(name().folded()),
                                target,
                                msgid,
                                reason,
                                room.role(user).isAtLeast(Role.OPERATOR),
                                now));
        switch (verdict) {
            case Redactions.Verdict.Granted(var event, var entry) ->
                    batch.keep(event, entry, asker, false);
            case Redactions.Verdict.Refused(var why) -> batch.answer(asker, why);
        }
    }

    private void join(Request.Join join, Batch batch) throws InterruptedException {
        if (!join.name().equals(room.name())) {
            join.settled().astray();
            return;
        }
        var refusal = founding.refusal(join, readable, now);
        if (refusal.isPresent()) {
            batch.answer(join.asker(), refusal.get());
        } else {
            membership.join(join, now, batch);
        }
    }

    /// IRCv3 multi-prefix: all that apply, for who has asked to see them.
    private String prefix(Request.Asker asker, User member) {
        return room.roles()
                .prefix(
                        member.account(),
                        asker.session().capabilities().has(Capability.MULTI_PREFIX));
    }
}
