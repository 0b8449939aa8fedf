package chat.parley.daemon.command;

import chat.parley.daemon.chat.Channels;
import chat.parley.daemon.chat.Directory;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.session.Sessions;
import chat.parley.protocol.Message;
import chat.parley.protocol.Numeric;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;

/// What the server says of itself: 001 to 005, LUSERS, MOTD. Used by the burst and by the commands
/// that ask for it again.
final class ServerReplies {

    static final String VERSION = "parley-" + versionOfThisJar();

    private final Server server;
    private final Instant startedAt;
    private final Isupport isupport;
    private final Supplier<List<String>> motd;
    private final Directory directory;
    private final Channels channels;
    private final Sessions sessions;

    /// @param motd the lines of the message of the day; none without one
    record Facts(Instant startedAt, Isupport isupport, Supplier<List<String>> motd) {}

    ServerReplies(
            Server server, Facts facts, Directory directory, Channels channels, Sessions sessions) {
        this.server = server;
        this.startedAt = facts.startedAt();
        this.isupport = facts.isupport();
        this.motd = facts.motd();
        this.directory = directory;
        this.channels = channels;
        this.sessions = sessions;
    }

    private static String versionOfThisJar() {
        var version = ServerReplies.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }

    void welcome(Reply reply, String source) {
        reply.numeric(
                Numeric.RPL_WELCOME, "Welcome to the " + server.network() + " network, " + source);
        reply.numeric(
                Numeric.RPL_YOURHOST,
                "Your host is " + server.name() + ", running version " + VERSION);
        reply.numeric(
                Numeric.RPL_CREATED,
                "This server was started at " + startedAt.truncatedTo(ChronoUnit.SECONDS));
        reply.numeric(
                Numeric.RPL_MYINFO,
                server.name(),
                VERSION,
                ModeCommand.USER_MODES,
                "CIUbefiklmnostuv");
        isupport(reply);
    }

    Message notice(String nick, String text) {
        return server.notice(nick, text);
    }

    void isupport(Reply reply) {
        reply.batch(isupport);
    }

    /// What of it is known before login too.
    Isupport isupport() {
        return isupport;
    }

    void lusers(Reply reply) {
        var everybody = directory.all();
        var users = everybody.size();
        var all = Integer.toString(users);
        var invisible = everybody.stream().filter(user -> user.profile().has('i')).count();
        var operators = everybody.stream().filter(user -> user.profile().has('o')).count();
        reply.numeric(
                Numeric.RPL_LUSERCLIENT,
                "There are %d users and %d invisible on 1 servers"
                        .formatted(users - invisible, invisible));
        reply.numeric(Numeric.RPL_LUSEROP, Long.toString(operators), "operators online");
        reply.numeric(
                Numeric.RPL_LUSERUNKNOWN,
                Long.toString(sessions.strangers()),
                "connections before login");
        reply.numeric(
                Numeric.RPL_LUSERCHANNELS, Integer.toString(channels.count()), "channels formed");
        reply.numeric(Numeric.RPL_LUSERME, "I have " + users + " clients and 0 servers");
        var most = Integer.toString(directory.most());
        var current = "users " + all + ", max " + most;
        reply.numeric(Numeric.RPL_LOCALUSERS, all, most, "Current local " + current);
        reply.numeric(Numeric.RPL_GLOBALUSERS, all, most, "Current global " + current);
    }

    void motd(Reply reply) {
        var lines = motd.get();
        if (lines.isEmpty()) {
            reply.numeric(Numeric.ERR_NOMOTD, "There is no message of the day");
            return;
        }
        reply.numeric(Numeric.RPL_MOTDSTART, "- " + server.name() + " Message of the day -");
        lines.forEach(line -> reply.numeric(Numeric.RPL_MOTD, "- " + line));
        reply.numeric(Numeric.RPL_ENDOFMOTD, "End of /MOTD");
    }
}
