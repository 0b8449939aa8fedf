package chat.parley.daemon.command;

import static chat.parley.daemon.command.CommandSpec.row;

import chat.parley.daemon.chat.Mask;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.session.Talker;
import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Message;
import chat.parley.protocol.Numeric;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// Asking about the server: LUSERS, MOTD, ISUPPORT, VERSION, TIME, INFO, LINKS.
///
/// There is one server. Where a command may name one, its name and a mask that fits it are
/// understood, and so is the nick of whoever asks; anything else is ERR_NOSUCHSERVER (RFC 2812
/// 3.4).
final class ServerCommands {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("EEEE MMMM d yyyy -- HH:mm:ss 'UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final Server server;
    private final ServerReplies replies;
    private final Clock clock;

    ServerCommands(Server server, ServerReplies replies, Clock clock) {
        this.server = server;
        this.replies = replies;
        this.clock = clock;
    }

    List<CommandSpec> rows() {
        return List.of(
                row("LUSERS", "", 2, "counts who is here", (_, _, reply) -> replies.lusers(reply)),
                row("MOTD", "[<server>]", 2, "shows the message of the day", this::motd),
                row(
                        "ISUPPORT",
                        "",
                        2,
                        "shows what this server supports",
                        (_, _, reply) -> replies.isupport(reply)),
                row("VERSION", "[<server>]", 1, "shows what this server is", this::version),
                row("TIME", "[<server>]", 1, "shows the server's time", this::time),
                row("INFO", "[<server>]", 1, "tells about this server", this::info),
                row("LINKS", "", 1, "shows other servers: there are none", this::links));
    }

    private boolean isMeant(Talker talker, String given, Reply reply) {
        if (given.isEmpty()
                || Mask.matches(given, server.name())
                || CaseMapping.same(given, talker.nick())) {
            return true;
        }
        reply.numeric(
                Numeric.ERR_NOSUCHSERVER, Server.shown(given), "There is only " + server.name());
        return false;
    }

    private void motd(Talker talker, Message message, Reply reply) {
        if (isMeant(talker, message.param(0), reply)) {
            replies.motd(reply);
        }
    }

    private void version(Talker talker, Message message, Reply reply) {
        if (isMeant(talker, message.param(0), reply)) {
            reply.numeric(Numeric.RPL_VERSION, ServerReplies.VERSION, server.name(), "Parley");
            replies.isupport(reply);
        }
    }

    private void time(Talker talker, Message message, Reply reply) {
        if (isMeant(talker, message.param(0), reply)) {
            reply.numeric(Numeric.RPL_TIME, server.name(), TIME.format(clock.instant()));
        }
    }

    private void info(Talker talker, Message message, Reply reply) {
        if (isMeant(talker, message.param(0), reply)) {
            reply.numeric(Numeric.RPL_INFO, "Parley: team chat over TLS, nothing said is lost");
            reply.numeric(Numeric.RPL_INFO, "Version " + ServerReplies.VERSION);
            reply.numeric(Numeric.RPL_ENDOFINFO, "End of /INFO list");
        }
    }

    /// Modern IRC, "LINKS message": the mask of the end is always a star.
    private void links(Talker talker, Message message, Reply reply) {
        reply.numeric(Numeric.RPL_ENDOFLINKS, "*", "End of /LINKS list");
    }
}
