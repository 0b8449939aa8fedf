package chat.parley.client;

import chat.parley.client.arguments.Completes;
import chat.parley.client.arguments.Given;
import chat.parley.client.arguments.Mode;
import chat.parley.client.arguments.WrongUse;
import java.util.List;
import java.util.Map;

/// `parley totp [status|enable|codes|disable]`.
final class TotpArguments implements Spoken {

    @Override
    public Mode mode() {
        return new Mode(
                "totp",
                "[status|enable|codes|disable]",
                0,
                1,
                List.of(Completes.oneOf("status", "enable", "codes", "disable")),
                "the second factor of your account; codes: new recovery codes",
                "The second factor of your account, a code of an authenticator app. status (or nothing)"
                        + " tells how it stands, enable turns it on, codes gives new recovery codes,"
                        + " disable turns it off.",
                List.of(),
                ConnectionArguments.SECTIONS,
                List.of());
    }

    @Override
    public Request request(Given.Asked given, Map<String, String> environment) throws WrongUse {
        var named = given.words().isEmpty() ? "status" : given.words().getFirst();
        for (var action : Request.Totp.Action.values()) {
            if (action.name().equalsIgnoreCase(named)) {
                return new Request.Totp(ConnectionArguments.connection(given, environment), action);
            }
        }
        throw new WrongUse("totp what? parley totp status|enable|codes|disable");
    }
}
