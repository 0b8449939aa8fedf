package chat.parley.daemon.command;

import chat.parley.daemon.chat.Server;
import chat.parley.daemon.session.Talker;
import chat.parley.protocol.Message;
import chat.parley.protocol.Numeric;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// HELP, made from the table of commands: 704 to 706, 524.
final class HelpCommand {

    private final Collection<CommandSpec> rows;

    HelpCommand(Collection<CommandSpec> rows) {
        this.rows = rows;
    }

    /// HELPOP is HELP, as Modern IRC has it.
    List<CommandSpec> rows() {
        return List.of(row("HELP"), row("HELPOP"));
    }

    private CommandSpec row(String name) {
        return CommandSpec.row(
                        name, "[<command>]", 2, "lists the commands, or explains one", this::help)
                .forConfined();
    }

    private void help(Talker talker, Message message, Reply reply) {
        var subject = message.param(0).toUpperCase(Locale.ROOT);
        if (subject.isEmpty()) {
            reply.numeric(Numeric.RPL_HELPSTART, "*", "The commands; HELP <command> explains one:");
            rows.forEach(row -> reply.numeric(Numeric.RPL_HELPTXT, "*", line(row)));
            reply.numeric(Numeric.RPL_ENDOFHELP, "*", "End of HELP");
            return;
        }
        rows.stream()
                .filter(row -> row.name().equals(subject))
                .findFirst()
                .ifPresentOrElse(
                        row -> {
                            reply.numeric(Numeric.RPL_HELPSTART, subject, line(row));
                            reply.numeric(Numeric.RPL_HELPTXT, subject, row.summary());
                            reply.numeric(Numeric.RPL_ENDOFHELP, subject, "End of HELP");
                        },
                        () ->
                                reply.numeric(
                                        Numeric.ERR_HELPNOTFOUND,
                                        Server.shown(message.param(0)),
                                        "There is no such command: see HELP"));
    }

    private static String line(CommandSpec row) {
        return row.usage().isEmpty() ? row.name() : row.name() + " " + row.usage();
    }
}
