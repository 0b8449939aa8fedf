package chat.parley.daemon.session;

import chat.parley.daemon.auth.AccountNames;
import chat.parley.daemon.auth.Authenticator;
import chat.parley.daemon.chat.Directory;
import chat.parley.daemon.chat.Directory.Attached;
import chat.parley.daemon.chat.Request;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.chat.User;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.observe.AuditLog;
import chat.parley.daemon.observe.Escaped;
import chat.parley.daemon.store.Account;
import chat.parley.protocol.Capabilities;
import chat.parley.protocol.Frame;
import chat.parley.protocol.Message;
import chat.parley.protocol.MessageParser;
import chat.parley.protocol.MessagePrinter;
import chat.parley.protocol.Name;
import chat.parley.protocol.Numeric;
import chat.parley.protocol.Parsed;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One peer, from greeting to goodbye: here a connection begins, and this is read downward.
///
/// The thread that runs it is the session's reader: it owns registration, identity and budget, and
/// runs the peer's commands one after the other. A second thread is its writer. Any thread may
/// deliver to it or end it; neither ever blocks.
public final class Session implements Talker {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final AuditLog AUDIT = new AuditLog();

    /// What all sessions share.
    ///
    /// @param isCurrent whether an account that has just logged in was not changed meanwhile
    public record House(
            DaemonConfig config,
            Authenticator authenticator,
            AccountNames names,
            Predicate<Account> isCurrent,
            Directory directory,
            Dispatcher dispatcher,
            Sessions sessions) {}

    /// What was stored this long before something was heard may have been on its way still.
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(2);

    private final House house;
    private final long number;
    private final Connection connection;
    private final Runnable loggedIn;
    private final Server server;
    private final CapabilityNegotiation capabilities;
    private final Outbound outbound;
    private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
    private final Pulse pulse;

    // The reader's own, but for what is volatile, which others read.
    private final Reader reader;
    private final Pending pending = new Pending();
    private volatile @Nullable Account account;
    private volatile @Nullable Writer writer;
    private volatile @Nullable Thread thread;
    private volatile String device = "";
    private volatile boolean gotAll; // it left, and all that was queued has been sent
    private volatile @Nullable User user;
    private final OperatorRights rights;
    private boolean departed; // said goodbye: the directory knows
    private Optional<Name.Channel> lastJoined = Optional.empty();

    /// @param loggedIn called once, when the peer has logged in
    public Session(House house, Connection connection, Runnable loggedIn) {
        var limits = house.config().limits();
        this.house = house;
        this.number = house.sessions().nextNumber();
        this.connection = connection;
        this.loggedIn = loggedIn;
        this.server = new Server(house.config().name(), house.config().network());
        this.capabilities = new CapabilityNegotiation(server);
        this.outbound = new Outbound(limits.sendQueue());
        this.pulse = new Pulse(limits, System.nanoTime());
        this.rights =
                new OperatorRights(house.authenticator(), house.isCurrent(), connection.address());
        this.reader = new Reader(this, server, connection.input(), limits, pulse);
    }

    /// The whole session, on the calling thread.
    public void run() throws InterruptedException {
        var writing = new Writer(connection, outbound, Thread.currentThread());
        writer = writing;
        thread = Thread.currentThread();
        var writerThread = Thread.ofVirtual().name("writer-" + number).start(writing);
        house.sessions().add(this);
        LOG.atDebug()
                .addKeyValue("session", number)
                .addKeyValue("address", connection.address().getHostAddress())
                .addKeyValue("tls", connection.security())
                .log("session began");
        try {
            send(Registration.greeting(server));
            if (register()) {
                converse();
            }
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
            finish(writerThread);
        }
    }

    // ---- before login

    /// Whether the peer is in.
    private boolean register() throws IOException, InterruptedException {
        try (var registration =
                new Registration(
                        house.config(),
                        house.authenticator(),
                        capabilities,
                        connection.address(),
                        this::send)) {
            while (true) {
                var step =
                        switch (reader.next()) {
                            case Reader.Received.Command(var message) when reader.pays(1) ->
                                    registration.handle(message);
                            case Reader.Received.WithSecret(var sensitive) -> {
                                try (sensitive) {
                                    yield reader.pays(1)
                                            ? registration.handle(sensitive)
                                            : new Registration.Step.Waiting();
                                }
                            }
                            case Reader.Received _ -> new Registration.Step.Waiting();
                        };
                switch (step) {
                    case Registration.Step.Waiting _ -> {}
                    case Registration.Step.Over(var why) -> {
                        end(why);
                        return false;
                    }
                    case Registration.Step.Complete complete -> {
                        if (admitted(registration, complete)) {
                            return true;
                        }
                    }
                }
                if (isEnding()) {
                    return false;
                }
            }
        }
    }

    private boolean admitted(Registration registration, Registration.Step.Complete complete)
            throws InterruptedException {
        var name = complete.account().name();
        if (!complete.nick().text().equalsIgnoreCase(name)
                && house.names().contain(complete.nick().text())) {
            registration.nickInUse(complete.nick());
            return false;
        }
        device = complete.device();
        account = complete.account(); // from here on a change of the account ends the session
        if (!house.isCurrent().test(complete.account())) {
            end(new Ending.AccountChanged());
            return false;
        }
        var attached =
                house.directory()
                        .attach(
                                name,
                                complete.nick(),
                                complete.username(),
                                complete.realName(),
                                this);
        return switch (attached) {
            case Attached.NickInUse _ -> {
                registration.nickInUse(complete.nick());
                yield false;
            }
            case Attached.Here(var here, _) -> {
                user = here;
                welcome();
                yield true;
            }
        };
    }

    private void welcome() throws InterruptedException {
        loggedIn.run();
        pulse.loggedIn();
        reader.loggedIn();
        LOG.atInfo()
                .addKeyValue("session", number)
                .addKeyValue("account", user().account())
                .addKeyValue("address", connection.address().getHostAddress())
                .addKeyValue("tls", connection.security())
                .log("session logged in");
        house.dispatcher().welcome(this);
    }

    // ---- after login

    private void converse() throws IOException, InterruptedException {
        while (!isEnding()) {
            switch (reader.next()) {
                case Reader.Received.Command(var message)
                        when reader.pays(house.dispatcher().costOf(message.command())) ->
                        house.dispatcher().dispatch(this, message);
                case Reader.Received.WithSecret(var sensitive) -> {
                    try (sensitive) {
                        settle();
                        if (sensitive.command().equals("OPER")) {
                            oper(sensitive);
                        } else if (reader.pays(1)) {
                            refuseSecondLogin(sensitive.command());
                        }
                    }
                }
                case Reader.Received _ -> {}
            }
        }
    }

    private void oper(Frame.Sensitive frame) throws InterruptedException {
        if (MessageParser.parse(frame.head()) instanceof Parsed.Good(var message)
                && reader.pays(house.dispatcher().costOf(message.command()))) {
            rights.claim(Objects.requireNonNull(account), frame.params());
            house.dispatcher().dispatch(this, message);
        }
    }

    private void refuseSecondLogin(String command) {
        send(
                command.equals("AUTHENTICATE")
                        ? server.numeric(
                                Numeric.ERR_SASLALREADY, nick(), "You are logged in already")
                        : server.numeric(
                                Numeric.ERR_ALREADYREGISTERED,
                                nick(),
                                "You are logged in already"));
    }

    // ---- as others see it

    @Override
    public User user() {
        return Objects.requireNonNull(user, "nobody has logged in");
    }

    /// The nick, as replies address it; `*` before login (Modern IRC, "Numerics").
    String addressedAs() {
        return user == null ? "*" : nick();
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
    public Optional<Name.Channel> lastJoined() {
        return lastJoined;
    }

    @Override
    public void lastJoined(Name.Channel channel) {
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
        return switch (outbound.offer(bytes)) {
            case QUEUED -> true;
            case CLOSED -> false;
            case FULL -> {
                end(new Ending.QueueFull(house.config().limits().sendQueue()));
                yield false;
            }
        };
    }

    @Override
    public String device() {
        return device;
    }

    @Override
    public Optional<Instant> sureUntil() {
        return gotAll
                ? Optional.empty()
                : Optional.of(
                        Instant.now().minus(pulse.silent(System.nanoTime())).minus(ON_ITS_WAY));
    }

    @Override
    public boolean isBot() {
        var mine = account;
        return user().profile().has('B') || (mine != null && mine.role() == Account.Role.BOT);
    }

    // ---- the end

    /// Ends the session: the first reason counts. The reader itself says goodbye when it is done;
    /// for anybody else the writer says it at once, closes the connection, and so frees the reader.
    @Override
    public void end(Ending why) {
        if (ending.compareAndSet(null, why)) {
            pulse.ending(System.nanoTime());
            if (!Thread.currentThread().equals(thread)) {
                sayGoodbye(why);
            }
        }
    }

    private void sayGoodbye(Ending why) {
        var goodbye =
                Message.of(
                        "ERROR",
                        "Closing link: "
                                + connection.address().getHostAddress()
                                + " ("
                                + why.forPeer()
                                + ")");
        outbound.close(MessagePrinter.bytes(goodbye), why.sendsWhatWaits());
    }

    @Override
    public Claim claim() {
        return rights.claim();
    }

    @Override
    public void disclaim() {
        rights.letGo();
    }

    @Override
    public void quit(String text) throws InterruptedException {
        var why = new Ending.Quit(text);
        departed = true;
        gotAll = why.wasHeard();
        house.directory().depart(user(), this, why.forOthers());
        end(why);
    }

    private boolean isEnding() {
        return ending.get() != null;
    }

    /// Called now and then on the deadlines thread: whatever is overdue happens.
    void check(long now) {
        var writing = writer;
        if (writing == null) {
            return;
        }
        switch (pulse.check(now, writing)) {
            case FINE -> {}
            case ASK -> send(Message.from(server.name(), "PING", server.name()));
            case LOGIN_TOO_SLOW ->
                    end(new Ending.LoginTooSlow(house.config().limits().loginWithin()));
            case SILENT -> end(new Ending.TimedOut(pulse.patience()));
            case WRITE_STUCK -> {
                end(new Ending.WriteTooSlow(house.config().limits().writeWithin()));
                connection.abort();
            }
            case GOODBYE_STUCK -> connection.abort();
        }
    }

    boolean isLoggedIn() {
        return account != null;
    }

    boolean isStranger() {
        return account == null && !isEnding();
    }

    boolean isUsedBy(User other) {
        return other.equals(user);
    }

    boolean isOf(String foldedAccount) {
        var mine = account;
        return (mine != null && mine.folded().equals(foldedAccount)) || rights.areOf(foldedAccount);
    }

    /// Works against a deaf peer; for when a graceful end took too long.
    void abort() {
        connection.abort();
    }

    private void finish(Thread writerThread) {
        var known = ending.get();
        gotAll = known != null && known.wasHeard();
        end(new Ending.PeerLeft());
        var why = Objects.requireNonNull(ending.get());
        if (user != null && rights.areBorrowed()) { // the rights were this session's
            user.change(profile -> profile.without('o'));
        }
        if (user != null && !departed) {
            house.directory().detach(user, this, why.lingers(), why.forOthers());
        }
        sayGoodbye(why); // after it: whoever sees the end can rely on it
        LOG.atLevel(user == null ? org.slf4j.event.Level.DEBUG : org.slf4j.event.Level.INFO)
                .addKeyValue("session", number)
                .addKeyValue("reason", Escaped.of(why.forOthers()))
                .log("session ended");
        why.setting().ifPresent(limit -> AUDIT.limitReached(limit, connection.address()));
        joinUninterruptibly(writerThread);
        // Last: until then somebody must look after a writer whose peer does not read.
        house.sessions().remove(this);
    }

    /// The writer's last act interrupts this thread; that is no reason to leave before it.
    @SuppressWarnings("ThreadJoinLoop") // it is one
    private static void joinUninterruptibly(Thread writerThread) {
        while (true) {
            try {
                writerThread.join();
                return;
            } catch (InterruptedException _) {
                // once from the writer; the connection is aborted by then, so it ends now
            }
        }
    }
}
