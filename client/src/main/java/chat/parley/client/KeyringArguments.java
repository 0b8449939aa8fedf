package chat.parley.client;

import chat.parley.client.arguments.Completes;
import chat.parley.client.arguments.Given;
import chat.parley.client.arguments.Mode;
import chat.parley.client.arguments.WrongUse;
import java.util.List;
import java.util.Map;

/// `parley keyring store|remove`.
final class KeyringArguments implements Spoken {

    @Override
    public Mode mode() {
        return new Mode(
                "keyring",
                "store|remove",
                1,
                1,
                List.of(Completes.oneOf("store", "remove")),
                "keep the password in the desktop's keyring, or take it out",
                "store logs in, and if that works hands the password to the desktop's keyring, by"
                        + " secret-tool of libsecret, or by macOS's security; from then on nobody is asked for it. passwd keeps"
                        + " it in step. remove takes it out.",
                List.of(),
                ConnectionArguments.SECTIONS,
                List.of());
    }

    @Override
    public Request request(Given.Asked given, Map<String, String> environment) throws WrongUse {
        var connection = ConnectionArguments.connection(given, environment);
        return switch (given.words().getFirst()) {
            case "store" -> new Request.KeyringStore(connection);
            case "remove" -> new Request.KeyringRemove(connection);
            default -> throw new WrongUse("keyring what? parley keyring store|remove");
        };
    }
}
