package chat.parley.daemon.admin;

import chat.parley.daemon.auth.LoginStanding;
import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.store.Account;
import chat.parley.daemon.store.Certificates.Bound;
import chat.parley.protocol.JsonLine;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `parley-user list` and `show`: accounts for people and for scripts; never a hash.
final class UserLists {

    private UserLists() {}

    @Command(
            name = "list",
            description = "Lists all accounts by name.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  parley-user list",
                "  parley-user list --json | jq -r '.[] | select(.role == \"admin\").name'"
            })
    static final class ListAll implements Callable<Integer> {

        private final UserTool tool;

        @Mixin private JsonAnswer answer = new JsonAnswer();

        ListAll(UserTool tool) {
            this.tool = tool;
        }

        @Override
        public Integer call() throws ConfigProblem, IOException {
            var accounts = tool.open().accounts().list();
            if (answer.isAsked()) {
                tool.streams().out().println(array(accounts));
            } else if (accounts.isEmpty()) {
                tool.say("there are no accounts yet: parley-user add NAME");
            } else {
                tool.streams().out().printf(Locale.ROOT, ROW, "NAME", "ROLE", "STATUS", "CREATED");
                for (var a : accounts) {
                    tool.streams()
                            .out()
                            .printf(Locale.ROOT, ROW, a.name(), role(a), status(a), created(a));
                }
            }
            return UserTool.DONE;
        }

        private static String array(List<Account> accounts) {
            return accounts.stream()
                    .map(each -> object(each).toString())
                    .collect(Collectors.joining(",\n ", "[", "]"));
        }
    }

    @Command(
            name = "show",
            description = "Shows one account.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  parley-user show ann",
                "  parley-user show ann --json | jq .logins.failures",
                "  parley-user show ann > /dev/null && echo there is one"
            })
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    static final class Show implements Callable<Integer> {

        private final UserTool tool;

        @Parameters(paramLabel = "NAME")
        private String name;

        @Mixin private JsonAnswer answer = new JsonAnswer();

        Show(UserTool tool) {
            this.tool = tool;
        }

        @Override
        public Integer call() throws ConfigProblem, IOException {
            var desk = tool.open();
            var found = desk.accounts().find(name);
            if (found.isEmpty()) {
                return UserSwitches.unknown(tool, name);
            }
            var certificates = desk.certificates().of(name);
            var logins = LoginStanding.of(desk.loginGuard().of(name), Instant.now());
            tool.streams()
                    .out()
                    .println(
                            answer.isAsked()
                                    ? object(found.get(), logins, certificates)
                                    : text(found.get())
                                            + LoginLines.text(found.get().name(), logins)
                                            + text(certificates));
            return UserTool.DONE;
        }

        private static String text(List<Bound> certificates) {
            return certificates.stream()
                    .map(bound ->
                            "%ncertificate  %s  bound %s"
                                    .formatted(bound.fingerprint(), seconds(bound.at())))
                    .collect(Collectors.joining());
        }

        private static JsonLine object(
                Account account, LoginStanding logins, List<Bound> certificates) {
            return UserLists.object(account)
                    .with("logins", LoginLines.object(logins))
                    .withAll(
                            "certificates",
                            certificates.stream()
                                    .map(bound ->
                                            new JsonLine()
                                                    .with("fingerprint", bound.fingerprint())
                                                    .with("bound", seconds(bound.at()).toString()))
                                    .toList());
        }

        private static String text(Account account) {
            return """
            name     %s
            role     %s
            status   %s
            created  %s\
            """
                            .formatted(
                                    account.name(),
                                    role(account),
                                    status(account),
                                    created(account))
                    + account.oneTimeUntil()
                            .map(until ->
                                    "%npassword for one login, until %s".formatted(seconds(until)))
                            .orElse("");
        }
    }

    private static final String ROW = "%-32s  %-8s  %-8s  %s%n";

    static JsonLine object(Account account) {
        return new JsonLine()
                .with("name", account.name())
                .with("role", role(account))
                .with("status", status(account))
                .with("created", created(account).toString())
                .with(
                        "oneTimeUntil",
                        account.oneTimeUntil().map(until -> seconds(until).toString()).orElse(""));
    }

    private static String role(Account account) {
        return account.role().name().toLowerCase(Locale.ROOT);
    }

    private static String status(Account account) {
        return account.status().name().toLowerCase(Locale.ROOT);
    }

    private static Instant created(Account account) {
        return seconds(account.createdAt());
    }

    private static Instant seconds(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS);
    }
}
