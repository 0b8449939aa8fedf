package chat.parley.daemon.admin;

import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.store.Account;
import chat.parley.protocol.JsonLine;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `parley-user totp`: the second factor of an account, for who has lost a phone.
@Command(
        name = "totp",
        description = {
            "Shows, gives or takes away the second factor of an account: a code of an authenticator app,"
                    + " right after the password. People do it themselves with TOTP, or `parley totp`."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  parley-user totp ann",
            "  parley-user totp ann --json",
            "    {\"name\":\"ann\",\"totp\":false}",
            "  parley-user totp ann enable --json | jq -r .uri | qrencode -t utf8",
            "  parley-user totp ann disable && parley-user passwd ann"
        },
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class UserTotp implements Callable<Integer> {

    private enum Action {
        ENABLE,
        DISABLE,
        CODES,
        SHOW
    }

    private final UserTool tool;

    @Parameters(index = "0", paramLabel = "NAME")
    private String name;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ACTION",
            description = {
                "show (default): whether it is on, and how many recovery codes are left",
                "enable: prints the key for the app and ten recovery codes, this once; sessions end",
                "disable: from now on the password is enough; sessions end",
                "codes: prints new recovery codes; those that were left are void"
            })
    private Action action = Action.SHOW;

    @Mixin private JsonAnswer answer = new JsonAnswer();

    UserTotp(UserTool tool) {
        this.tool = tool;
    }

    @Override
    public Integer call() throws ConfigProblem, IOException {
        var desk = tool.open();
        var account = desk.accounts().find(name);
        if (account.isEmpty()) {
            return UserSwitches.unknown(tool, name);
        }
        return switch (action) {
            case SHOW -> show(desk, account.get());
            case ENABLE -> enable(desk, account.get());
            case DISABLE -> disable(desk, account.get());
            case CODES -> codes(desk, account.get());
        };
    }

    private int show(UserDesk desk, Account account) throws IOException {
        var kept = desk.totp().of(account.name());
        var left = kept.map(known -> known.codes().size()).orElse(0);
        var since = kept.map(known -> known.since().truncatedTo(ChronoUnit.SECONDS).toString());
        if (answer.isAsked()) {
            var line = object(account, kept.isPresent()).with("since", since.orElse(""));
            print((kept.isPresent() ? line.with("codes", left) : line).toString());
        } else {
            print(
                    since.map(at -> "on since " + at + ", recovery codes left: " + left)
                            .orElse("off"));
        }
        return UserTool.DONE;
    }

    private int enable(UserDesk desk, Account account) throws IOException {
        if (desk.totp().of(account.name()).isPresent()) {
            return tool.refuse(account.name() + " has a second factor; disable it first");
        }
        try (var key = desk.totp().newKey()) {
            var codes = desk.totp().turnOn(account.name(), key);
            if (codes.isEmpty()) {
                return UserSwitches.unknown(tool, name);
            }
            var uri = key.uri(desk.network(), account.name());
            issue(account, Optional.of(uri), Optional.of(key.base32()), codes.get());
        }
        tool.say(account.name() + " logs in with password and code from now on");
        return UserTool.DONE;
    }

    private int disable(UserDesk desk, Account account) throws IOException {
        if (!desk.totp().turnOff(account.name())) {
            return tool.refuse(account.name() + " has no second factor");
        }
        if (answer.isAsked()) {
            print(object(account, false).toString());
        }
        tool.say(
                account.name()
                        + " logs in with the password alone from now on; as it may be shorter than"
                        + " others, give a new one: parley-user passwd "
                        + account.name());
        return UserTool.DONE;
    }

    private int codes(UserDesk desk, Account account) throws IOException {
        var codes = desk.totp().replaceCodes(account.name());
        if (codes.isEmpty()) {
            return tool.refuse(
                    account.name() + " has no second factor, or none that can be read here");
        }
        issue(account, Optional.empty(), Optional.empty(), codes.get());
        tool.say(account.name() + " has new recovery codes; those before are void");
        return UserTool.DONE;
    }

    private void issue(
            Account account, Optional<String> uri, Optional<String> key, List<String> codes) {
        if (answer.isAsked()) {
            print(
                    object(account, true)
                            .with("uri", uri.orElse(""))
                            .with("key", key.orElse(""))
                            .withTexts("codes", codes)
                            .toString());
            return;
        }
        uri.ifPresent(text -> print("uri   " + text));
        key.ifPresent(text -> print("key   " + text.replaceAll("(.{4})(?=.)", "$1 ")));
        codes.forEach(code -> print("code  " + code));
    }

    private static JsonLine object(Account account, boolean on) {
        return new JsonLine().with("name", account.name()).with("totp", on);
    }

    private void print(String line) {
        tool.streams().out().println(line);
    }
}
