package chat.parley.daemon.command;

import chat.parley.daemon.auth.AccountNames;
import chat.parley.daemon.chat.Channels;
import chat.parley.daemon.chat.DirectMessages;
import chat.parley.daemon.chat.Directory;
import chat.parley.daemon.chat.ReadMarkers;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.config.CurrentConfig;
import chat.parley.daemon.observe.AuditLog;
import chat.parley.daemon.session.Sessions;
import chat.parley.daemon.store.Deliveries;
import chat.parley.daemon.store.DirectLog;
import chat.parley.daemon.store.History;
import chat.parley.daemon.store.Memberships;
import chat.parley.daemon.store.Search;
import java.time.Clock;
import java.util.List;

/// Puts the families of commands together into one [CommandTable].
public final class Commands {

    private Commands() {}

    /// What the handlers act on.
    public record House(
            Channels channels,
            Directory directory,
            DirectMessages directMessages,
            Memberships memberships,
            History history,
            Search search,
            Deliveries deliveries,
            DirectLog direct,
            ReadMarkers markers,
            Sessions sessions,
            AccountNames names,
            AuditLog audit,
            Clock clock) {}

    /// @param current asked each time for what may change while the daemon runs
    public static CommandTable table(CurrentConfig current, House house) {
        var config = current.get();
        var server = new Server(config.name(), config.network());
        var channelsPerUser = config.limits().channelsPerUser();
        var replies =
                new ServerReplies(
                        server,
                        new ServerReplies.Facts(
                                house.clock().instant(),
                                new Isupport(
                                        server,
                                        config.limits().frame().bytes(),
                                        channelsPerUser,
                                        config.networkIcon()),
                                current::motd),
                        house.directory(),
                        house.channels(),
                        house.sessions());
        var metadata =
                new MetadataCommand(
                        server,
                        config.limits().metadata(),
                        new MetadataTargets(
                                server,
                                house.channels(),
                                house.directory(),
                                config.limits().metadata()),
                        house.directory().sync(),
                        house.clock());
        var welcome =
                new Welcome(
                        replies,
                        metadata,
                        house.channels(),
                        house.memberships(),
                        new Replay(
                                server,
                                house.deliveries(),
                                house.directMessages(),
                                house.direct(),
                                () -> current.get().history().replay()),
                        () -> Channels.Rules.of(current.get()).common(),
                        channelsPerUser);
        var talk =
                new TalkCommands(
                        server,
                        house.channels(),
                        new Addressing(server, house.directory(), house.names()),
                        house.directMessages());
        var batches = new BatchCommand(talk);
        return new CommandTable(
                server,
                replies.isupport(),
                welcome,
                metadata,
                batches,
                List.of(
                        new SessionCommands(server).rows(),
                        talk.rows(),
                        new ChannelCommands(server, house.channels(), channelsPerUser).rows(),
                        new GoverningCommands(house.channels(), house.directory()).rows(),
                        new PresenceCommands(
                                        house.directory(),
                                        house.names(),
                                        config.identity().nick(),
                                        house.clock())
                                .rows(),
                        List.of(
                                batches.row(),
                                new HistoryCommand(
                                                server,
                                                house.channels(),
                                                house.directory(),
                                                house.history())
                                        .row(),
                                new MarkReadCommand(
                                                house.markers(), house.directory(), house.clock())
                                        .row(),
                                new RedactCommand(
                                                server,
                                                house.channels(),
                                                house.directory(),
                                                house.directMessages())
                                        .row(),
                                new PasswordCommand(server).row(),
                                new LoginCommand(server, house.directory(), house.clock()).row(),
                                new SearchCommand(
                                                house.channels(), house.directory(), house.search())
                                        .row(),
                                new ListCommand(house.channels(), house.clock()).row(),
                                new ModeCommand(server, house.channels(), house.directory()).row(),
                                new WhoCommand(server, house.directory(), house.channels()).row(),
                                new MonitorCommand(house.directory()).row(),
                                new SessionsCommand(server, house.sessions(), house.audit()).row(),
                                new TotpCommand(server).row(),
                                metadata.row()),
                        new LookupCommands(server, house.directory()).rows(),
                        new OperatorCommands(
                                        server,
                                        house.directory(),
                                        new ChannelDesk(house.channels()),
                                        house.sessions(),
                                        current,
                                        house.audit(),
                                        house.clock())
                                .rows(),
                        new ServerCommands(server, replies, house.clock()).rows()));
    }
}
