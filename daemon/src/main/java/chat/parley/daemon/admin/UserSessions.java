package chat.parley.daemon.admin;

import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.store.OpenSession;
import chat.parley.protocol.JsonLine;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `parley-user sessions`: who is logged in to the daemon that runs.
@Command(
        name = "sessions",
        description = "Lists who is logged in now, or where one account is; a second old at most.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  parley-user sessions",
            "  parley-user sessions bob",
            "  parley-user sessions --json | jq -r '.[].address'    an array of objects"
        })
final class UserSessions implements Callable<Integer> {

    private static final String ROW = "%-8s  %-32s  %-20s  %-39s  %-20s  %s%n";

    private final UserTool tool;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "only of this account")
    private @Nullable String name;

    @Mixin private JsonAnswer answer = new JsonAnswer();

    UserSessions(UserTool tool) {
        this.tool = tool;
    }

    @Override
    public Integer call() throws ConfigProblem, IOException {
        var desk = tool.open();
        var only = name;
        if (only != null && desk.accounts().find(only).isEmpty()) {
            return UserSwitches.unknown(tool, only);
        }
        if (!desk.isServed()) {
            return tool.refuse("no daemon is running, so nobody is logged in");
        }
        show(
                desk.sessions().list().stream()
                        .filter(one -> only == null || one.account().equalsIgnoreCase(only))
                        .toList());
        return UserTool.DONE;
    }

    private void show(List<OpenSession> all) {
        var out = tool.streams().out();
        if (answer.isAsked()) {
            out.println(
                    all.stream()
                            .map(one -> object(one).toString())
                            .collect(Collectors.joining(",\n ", "[", "]")));
        } else if (all.isEmpty()) {
            tool.say("nobody is logged in");
        } else {
            out.printf(Locale.ROOT, ROW, "NUMBER", "ACCOUNT", "DEVICE", "ADDRESS", "SINCE", "TLS");
            for (var one : all) {
                out.printf(
                        Locale.ROOT,
                        ROW,
                        one.number(),
                        one.account(),
                        one.device(),
                        one.address(),
                        one.since().truncatedTo(ChronoUnit.SECONDS),
                        one.security());
            }
        }
    }

    private static JsonLine object(OpenSession one) {
        return new JsonLine()
                .with("number", one.number())
                .with("account", one.account())
                .with("device", one.device())
                .with("address", one.address())
                .with("since", one.since().truncatedTo(ChronoUnit.SECONDS).toString())
                .with("tls", one.security());
    }
}
