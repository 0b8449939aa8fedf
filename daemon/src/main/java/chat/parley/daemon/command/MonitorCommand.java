package chat.parley.daemon.command;

import chat.parley.daemon.chat.Described;
import chat.parley.daemon.chat.Directory;
import chat.parley.daemon.chat.Monitors;
import chat.parley.daemon.chat.Server;
import chat.parley.daemon.chat.User;
import chat.parley.daemon.session.Talker;
import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import chat.parley.protocol.Numeric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// MONITOR: being told when somebody comes or goes (IRCv3 monitor).
final class MonitorCommand {

    private static final int NAMES_IN_A_LINE = 350; // characters; leaves room for what is before

    private final Directory directory;
    private final Monitors monitors;

    MonitorCommand(Directory directory) {
        this.directory = directory;
        this.monitors = directory.monitors();
    }

    CommandSpec row() {
        return CommandSpec.row(
                "MONITOR",
                "<+, -, C, L or S> [<nick>{,<nick>}]",
                2,
                "tells when somebody comes or goes",
                this::monitor);
    }

    private void monitor(Talker talker, Message message, Reply reply) {
        switch (message.param(0).toUpperCase(Locale.ROOT)) {
            case "+" -> add(talker, message, reply);
            case "-" ->
                    nicks(Shown.list(message, 1)).forEach(nick -> monitors.remove(talker, nick));
            case "C" -> monitors.clear(talker);
            case "L" -> {
                var shown = monitors.of(talker).stream().map(Name.Nick::text).toList();
                inLines(Numeric.RPL_MONLIST, shown, reply);
                reply.numeric(Numeric.RPL_ENDOFMONLIST, "End of MONITOR list");
            }
            case "S" -> sync(talker, status(monitors.of(talker), reply), reply);
            default ->
                    reply.fail(
                            "MONITOR",
                            "INVALID_PARAMS",
                            Server.shown(message.param(0)),
                            "Use MONITOR +, -, C, L or S");
        }
    }

    /// "‘target’ MUST be a valid nick": a mask is nobody, and is passed over.
    private static List<Name.Nick> nicks(List<String> given) {
        return given.stream().flatMap(nick -> Name.Nick.of(nick).stream()).distinct().toList();
    }

    private void add(Talker talker, Message message, Reply reply) {
        var added = new ArrayList<Name.Nick>();
        var refused = new ArrayList<String>();
        for (var nick : nicks(Shown.list(message, 1))) {
            if (monitors.add(talker.user(), talker, nick)) {
                added.add(nick);
            } else {
                refused.add(nick.text());
            }
        }
        var here = status(added, reply);
        if (!refused.isEmpty()) {
            reply.numeric(
                    Numeric.ERR_MONLISTFULL,
                    Integer.toString(Monitors.MOST),
                    String.join(",", refused),
                    "Monitor list is full.");
        }
        sync(talker, here, reply);
    }

    /// What those who are here say of themselves (metadata, "Automatic synchronization").
    private void sync(Talker talker, List<User> here, Reply reply) {
        reply.handOver().done();
        for (var user : here) {
            var described = Described.of(user);
            directory.sync().send(talker, talker.nick(), described.name(), List.of(described));
        }
    }

    private List<User> status(List<Name.Nick> nicks, Reply reply) {
        var here = new ArrayList<User>();
        var away = new ArrayList<String>();
        for (var nick : nicks) {
            directory.find(nick.text()).ifPresentOrElse(here::add, () -> away.add(nick.text()));
        }
        inLines(Numeric.RPL_MONONLINE, here.stream().map(User::source).toList(), reply);
        inLines(Numeric.RPL_MONOFFLINE, away, reply);
        return here;
    }

    private static void inLines(Numeric numeric, List<String> names, Reply reply) {
        var line = new StringBuilder();
        for (var name : names) {
            if (line.length() + name.length() > NAMES_IN_A_LINE) {
                reply.numeric(numeric, line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : ",").append(name);
        }
        if (!line.isEmpty()) {
            reply.numeric(numeric, line.toString());
        }
    }
}
