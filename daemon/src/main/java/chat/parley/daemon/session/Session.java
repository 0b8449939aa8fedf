package chat.parley.daemon.session;

import chat.parley.daemon.auth.AccountNames;
import chat.parley.daemon.auth.Authenticator;
import chat.parley.daemon.auth.CertificateLogins;
import chat.parley.daemon.auth.OwnTotp;
import chat.parley.daemon.auth.PasswordChanges;
import chat.parley.daemon.auth.Proof;
import chat.parley.daemon.chat.Channel;
import chat.parley.daemon.chat.Directory;
import chat.parley.daemon.chat.Keys;
import chat.parley.daemon.chat.MetadataLines;
import chat.parley.daemon.chat.Request;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.chat.User;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.observe.AuditLog;
import chat.parley.daemon.observe.Escaped;
import chat.parley.daemon.observe.Metric;
import chat.parley.daemon.observe.Metrics;
import chat.parley.daemon.store.OpenSession;
import chat.parley.protocol.Capabilities;
import chat.parley.protocol.Message;
import chat.parley.protocol.MessagePrinter;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One peer, from greeting to goodbye: here a connection begins, and this is read downward.
///
/// The thread of its [Stage] is the session's reader: it owns registration, identity and budget,
/// and runs the peer's commands one after the other. Another, while there is something to write, is
/// its writer. Any thread may deliver to it or end it; neither ever blocks.
public final class Session implements Talker {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /// What all sessions share.
    ///
    /// @param current what a session keeps from its beginning to its end
    /// @param isCurrent whether an account that has just logged in was not changed meanwhile
    public record House(
            Supplier<DaemonConfig> current,
            Authenticator authenticator,
            CertificateLogins certificates,
            PasswordChanges passwords,
            AccountNames names,
            OwnTotp totp,
            Predicate<Proof> isCurrent,
            Directory directory,
            Dispatcher dispatcher,
            Sessions sessions,
            AuditLog audit,
            Metrics metrics) {

        DaemonConfig config() {
            return current.get();
        }
    }

    private final House house;
    private final DaemonConfig config; // as it was at the beginning
    private final long number;
    private final Connection connection;
    private final Runnable loggedIn;
    private final Server server;
    private final CapabilityNegotiation capabilities;
    private final Outbound outbound;
    private final Pulse pulse;
    private final Goodbye goodbye;
    private final Identity identity = new Identity();

    // The reader's own, but for what is volatile, which others read.
    private final Reader reader;
    private final Login login;
    private final OwnAccount own;
    private final Arrival arrival;
    private final ClientBatch clientBatch;
    private final Pending pending = new Pending();
    private final Keys early = new Keys();
    private volatile @Nullable Writer writer;
    private boolean departed; // said goodbye: the directory knows
    private Optional<Channel> lastJoined = Optional.empty();

    /// @param loggedIn called once, when the peer has logged in
    public Session(House house, Connection connection, Runnable loggedIn) {
        this.config = house.config();
        var limits = config.limits();
        this.house = house;
        this.number = house.sessions().nextNumber();
        this.connection = connection;
        this.loggedIn = loggedIn;
        this.server = new Server(config.name(), config.network());
        this.capabilities =
                new CapabilityNegotiation(server, limits.multiline(), limits.metadata());
        this.outbound = house.sessions().newQueue(limits.sendQueue());
        this.pulse = new Pulse(limits, config.auth().invite().changeWithin(), System.nanoTime());
        this.goodbye = new Goodbye(connection, outbound, pulse);
        this.login = new Login(house, connection, this::nick);
        this.own = new OwnAccount(house, this, identity, login);
        this.arrival = new Arrival(pulse);
        this.clientBatch = new ClientBatch(server, limits.multiline());
        this.reader =
                new Reader(
                        this,
                        server,
                        connection,
                        limits,
                        pulse,
                        house.metrics().counter(Metric.HELD_BACK));
    }

    /// The session's first stage: until the peer is in.
    public Optional<Stage> enter() {
        var writing = Writer.start(number, connection, outbound, goodbye, house.metrics());
        writer = writing;
        arrival.by(writing);
        house.sessions().add(this);
        LOG.atDebug()
                .addKeyValue("session", number)
                .addKeyValue("address", connection.address().getHostAddress())
                .addKeyValue("tls", connection.security())
                .log("session began");
        return read(
                writing,
                () -> {
                    send(Registration.greeting(server));
                    if (!entrance().pass()) {
                        return Optional.empty();
                    }
                    welcome();
                    return Optional.of(() -> converse(writing));
                });
    }

    private Optional<Stage> converse(Writer writing) {
        return read(
                writing,
                () -> {
                    new Conversation(house, this, server, reader).run();
                    return Optional.empty();
                });
    }

    /// Something that the peer's reader does.
    private interface Reading {

        Optional<Stage> run() throws IOException, InterruptedException;
    }

    /// With the calling thread as the reader; if nothing comes next, to the session's end.
    private Optional<Stage> read(Writer writing, Reading reading) {
        var next = Optional.<Stage>empty();
        try {
            goodbye.readBy(Thread.currentThread());
            writing.readBy(Thread.currentThread());
            next = reading.run();
        } catch (IOException e) {
            LOG.atDebug()
                    .addKeyValue("session", number)
                    .addKeyValue("cause", e.getClass().getSimpleName())
                    .log("wire broke");
        } catch (InterruptedException _) { // ended by its writer, or told to finish
        } catch (RuntimeException bug) {
            LOG.atError().addKeyValue("session", number).setCause(bug).log("session bug");
            end(new Ending.Bug(bug));
        } finally {
            if (next.isEmpty()) {
                finish(writing);
            }
        }
        return next;
    }

    private Entrance entrance() {
        var registration =
                new Registration(
                        config,
                        login,
                        capabilities,
                        seen -> house.dispatcher().isupport(Registration.NO_NICK, seen),
                        this::send);
        var confinement = new Confinement(house.dispatcher(), this, reader, identity);
        return new Entrance(house, this, reader, identity, registration, confinement);
    }

    private void welcome() throws InterruptedException {
        loggedIn.run();
        pulse.loggedIn();
        reader.loggedIn();
        own.losesRights();
        LOG.atInfo()
                .addKeyValue("session", number)
                .addKeyValue("account", user().account())
                .addKeyValue("address", connection.address().getHostAddress())
                .addKeyValue("tls", connection.security())
                .log("session logged in");
        house.dispatcher().welcome(this);
        arrival.welcomed();
    }

    /// From here on it is nobody yet but for itself, until it has set a password.
    void confined(String nick) {
        own.confined(nick);
        pulse.confined(System.nanoTime());
    }

    // ---- as others see it

    @Override
    public User user() {
        return identity.user();
    }

    @Override
    public boolean isIn() {
        return identity.userOrNull() != null;
    }

    @Override
    public String nick() {
        var known = identity.userOrNull();
        if (known != null) {
            return known.nick().text();
        }
        return own.wasConfined() ? own.confinedAs() : "*";
    }

    @Override
    public Capabilities capabilities() {
        return capabilities.enabled();
    }

    @Override
    public CapabilityNegotiation capabilityNegotiation() {
        return capabilities;
    }

    @Override
    public ClientBatch clientBatch() {
        return clientBatch;
    }

    @Override
    public Optional<Channel> lastJoined() {
        return lastJoined;
    }

    @Override
    public void lastJoined(Channel channel) {
        lastJoined = Optional.of(channel);
    }

    @Override
    public void turnTo(Object place) throws InterruptedException {
        pending.turnTo(place);
    }

    @Override
    public void follow(Request.Settled request) {
        pending.follow(request);
    }

    @Override
    public void settle() throws InterruptedException {
        pending.settle();
    }

    /// Queues one line of the server's own.
    void send(Message message) {
        deliver(MessagePrinter.bytes(message));
    }

    @Override
    public boolean deliver(byte[] bytes) {
        var came = outbound.offer(bytes);
        if (came == Outbound.Offer.FULL) {
            end(new Ending.QueueFull(config.limits().sendQueue()));
        }
        return isQueued(came);
    }

    @Override
    public boolean deliverIfRoom(byte[] bytes) {
        return isQueued(outbound.offerIfHalfIsFree(bytes));
    }

    private boolean isQueued(Outbound.Offer came) {
        return switch (came) {
            case QUEUED -> true;
            case CLOSED, FULL -> false;
            case TOO_MUCH_IN_ALL -> {
                house.sessions().makeRoom();
                yield !isEnding();
            }
        };
    }

    /// What waits for it; who has not logged in has nothing in common with others.
    Waiting<Session> waiting(long now) {
        var user = identity.userOrNull();
        var writing = writer;
        return new Waiting<>(
                this,
                user == null ? this : user,
                outbound.held(),
                writing == null ? Duration.ZERO : writing.stuck(now));
    }

    /// Goes so that others can stay. There is no goodbye to wait for: its writer holds what it
    /// could not write.
    void giveUp() {
        end(new Ending.QueuesFull());
        connection.abort();
        outbound.drop();
    }

    @Override
    public Set<String> subscriptions() {
        return MetadataLines.areFor(this) ? capabilities.subscriptions() : Set.of();
    }

    @Override
    public Keys early() {
        return early;
    }

    @Override
    public String device() {
        return identity.device();
    }

    @Override
    public boolean isUpToDate() {
        return arrival.isUpToDate();
    }

    @Override
    public Optional<Instant> sureUntil() {
        return arrival.sureUntil();
    }

    @Override
    public boolean isBot() {
        return user().profile().has('B') || identity.isBot();
    }

    // ---- the end

    @Override
    public void end(Ending why) {
        goodbye.because(why);
    }

    boolean isEnding() {
        return goodbye.isDue();
    }

    @Override
    public OwnAccount own() {
        return own;
    }

    Message notice(String text) {
        return server.notice(nick(), text);
    }

    @Override
    public void quit(String text) throws InterruptedException {
        var why = new Ending.Quit(text);
        departed = true;
        arrival.left(why.isByPeer());
        house.directory().depart(user(), this, why.forOthers());
        end(why);
    }

    /// Called now and then on the deadlines thread: whatever is overdue happens.
    void check(long now) {
        var writing = writer;
        if (writing == null) {
            return;
        }
        clientBatch.check(now);
        switch (pulse.check(now, writing)) {
            case FINE -> {}
            case ASK -> send(Message.from(server.name(), "PING", server.name()));
            case PASSWORD_NOT_CHANGED ->
                    end(
                            identity.need().equals(Optional.of(Need.SECOND_FACTOR))
                                    ? new Ending.NoSecondFactor(
                                            config.auth().invite().changeWithin())
                                    : new Ending.PasswordNotChanged(
                                            config.auth().invite().changeWithin()));
            case LOGIN_TOO_SLOW -> end(new Ending.LoginTooSlow(config.limits().loginWithin()));
            case SILENT -> end(new Ending.TimedOut(pulse.patience()));
            case WRITE_STUCK -> {
                end(new Ending.WriteTooSlow(config.limits().writeWithin()));
                connection.abort();
            }
            case GOODBYE_STUCK -> connection.abort();
        }
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public InetAddress address() {
        return connection.address();
    }

    /// What others may know of it once it has logged in.
    Optional<OpenSession> open() {
        var user = identity.userOrNull();
        return user == null
                ? Optional.empty()
                : Optional.of(
                        new OpenSession(
                                number,
                                user.account(),
                                identity.device(),
                                connection.address().getHostAddress(),
                                connection.security(),
                                identity.since()));
    }

    boolean isLoggedIn() {
        return identity.isKnown();
    }

    boolean isStranger() {
        return !identity.isKnown() && !isEnding();
    }

    boolean isUsedBy(User other) {
        return other.equals(identity.userOrNull());
    }

    boolean restsOn(String foldedAccount, String certificate) {
        return identity.restsOn(foldedAccount, certificate);
    }

    /// Works against a deaf peer; for when a graceful end took too long.
    void abort() {
        connection.abort();
    }

    private void finish(Writer writing) {
        arrival.left(goodbye.reason().map(Ending::isByPeer).orElse(false));
        end(new Ending.PeerLeft());
        var why = goodbye.reason().orElseThrow();
        var user = identity.userOrNull();
        own.close();
        if (user != null) {
            own.left(user);
        }
        if (user != null && !departed) {
            house.directory().detach(user, this, why.lingers(), why.forOthers());
        }
        goodbye.say(why); // after it: whoever sees the end can rely on it
        LOG.atLevel(user == null ? org.slf4j.event.Level.DEBUG : org.slf4j.event.Level.INFO)
                .addKeyValue("session", number)
                .addKeyValue("reason", Escaped.of(why.forOthers()))
                .log("session ended");
        audit(why);
        why.setting().ifPresent(limit -> house.audit().limitReached(limit, connection.address()));
        writing.awaitEnd();
        // Last: until then somebody must look after a writer whose peer does not read.
        house.sessions().remove(this);
    }

    private void audit(Ending why) {
        house.metrics().counter(Metric.SESSIONS_ENDED, why.name()).increment();
        open().ifPresent(it ->
                house.audit()
                        .sessionEnded(
                                it.account(),
                                connection.address(),
                                number,
                                why.name(),
                                Duration.between(it.since(), Instant.now())));
    }
}
