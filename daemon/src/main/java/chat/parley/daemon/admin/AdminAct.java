package chat.parley.daemon.admin;

import chat.parley.daemon.observe.AuditEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// What an admin did with one of the tools, as the audit log has it: the command, its names and
/// options, who and from where, and the exit code. Values of options are left out but for a few, so
/// that no secret can get there by one.
///
/// Each stands there twice: that it begins, before anything is changed, and what came of it. What
/// cannot be written down is not done.
final class AdminAct {

    /// Commands that only look.
    private static final Set<String> LOOKS = Set.of("list", "show", "sessions", "audit", "help");

    private static final Set<String> TOLD =
            Set.of("--role", "--file", "--channel", "--account", "--since", "--until");

    private static final int NAMES = 2;

    static final String BEGINS = "admin command begins";
    static final String ENDED = "admin command";

    private AdminAct() {}

    /// Who writes it down.
    interface Recording {

        /// What is about to be done, once it can be written and before it is.
        void begins(AuditEvent event);

        /// What came of it.
        void ended(AuditEvent event);
    }

    /// Runs what was asked for; unless it only looks, that is recorded, whatever came of it.
    ///
    /// @param environment where `sudo` and `sshd` say whom they let in; a hint, no proof
    static int run(ParseResult asked, Map<String, String> environment, Recording recording) {
        if (!isAct(asked)) {
            return new CommandLine.RunLast().execute(asked);
        }
        recording.begins(of(BEGINS, asked, environment));
        var code = "failed";
        try {
            var done = new CommandLine.RunLast().execute(asked);
            code = Integer.toString(done);
            return done;
        } finally {
            recording.ended(of(ENDED, asked, environment).with("exit", code));
        }
    }

    private static boolean isAct(ParseResult asked) {
        return asked.hasSubcommand()
                && !LOOKS.contains(asked.subcommand().commandSpec().name())
                && asked.asCommandLineList().stream()
                        .noneMatch(line ->
                                line.isUsageHelpRequested() || line.isVersionHelpRequested());
    }

    static AuditEvent of(String what, ParseResult asked, Map<String, String> environment) {
        var words = new ArrayList<String>();
        var last = asked;
        while (last.hasSubcommand()) {
            last = last.subcommand();
            words.add(last.commandSpec().name());
        }
        var act =
                AuditEvent.of(what)
                        .with("command", String.join(" ", words))
                        .with("names", String.join(" ", names(last)));
        var options =
                last.matchedOptions().stream()
                        .map(AdminAct::option)
                        .collect(Collectors.joining(" "));
        return who(options.isEmpty() ? act : act.with("options", options), environment);
    }

    private static List<String> names(ParseResult asked) {
        return asked.matchedPositionals().stream()
                .flatMap(positional -> positional.originalStringValues().stream())
                .limit(NAMES)
                .toList();
    }

    private static String option(OptionSpec option) {
        var name = option.longestName();
        return TOLD.contains(name)
                ? name + "=" + String.join(",", option.originalStringValues())
                : name;
    }

    private static AuditEvent who(AuditEvent act, Map<String, String> environment) {
        var who = act.with("who", System.getProperty("user.name", "?"));
        var sudo = environment.getOrDefault("SUDO_USER", "");
        var ssh = environment.getOrDefault("SSH_CONNECTION", "").split(" ", 2)[0];
        who = sudo.isEmpty() ? who : who.with("sudo", sudo);
        return ssh.isEmpty() ? who : who.with("from", ssh);
    }
}
