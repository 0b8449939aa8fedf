package chat.parley.client;

import chat.parley.client.arguments.Completes;
import chat.parley.client.arguments.Given;
import chat.parley.client.arguments.Mode;
import chat.parley.client.arguments.Section;
import chat.parley.client.arguments.WrongUse;
import chat.parley.client.link.ServerAddress;
import java.util.List;
import java.util.Map;

/// `parley trust list|show|remove`.
final class TrustArguments implements Spoken {

    private static final String USE =
            "it is parley trust list, trust show SERVER or trust remove SERVER";

    @Override
    public Mode mode() {
        return new Mode(
                "trust",
                "list | show SERVER | remove SERVER",
                1,
                2,
                List.of(Completes.oneOf("list", "show", "remove"), Completes.hosts()),
                "the keys you accepted; what a server shows",
                "list prints the keys that were accepted and are kept. show prints the key and the"
                        + " certificate of a server that runs, without trusting it or logging in; ends"
                        + " with 0 if it is trusted as things are, else with 4. remove forgets the key"
                        + " of a server, so that the next connection asks again. With --json list prints server,"
                        + " fingerprint and line, show what it knows, in one object.",
                List.of(Section.of("Options", TailArguments.JSON)),
                List.of(),
                List.of(
                        "parley trust list --json",
                        "parley trust show chat.example.org    what to compare with",
                        "parley trust remove chat.example.org"));
    }

    @Override
    public Request request(Given.Asked given, Map<String, String> environment) throws WrongUse {
        var words = given.words();
        var hasServer = words.size() == 2;
        return switch (words.getFirst()) {
            case "list" -> {
                if (hasServer) {
                    throw new WrongUse(USE);
                }
                yield new Request.TrustList(given.has(TailArguments.JSON));
            }
            case "show" -> {
                if (!hasServer) {
                    throw new WrongUse(USE);
                }
                yield new Request.TrustShow(
                        server(words.get(1), environment), given.has(TailArguments.JSON));
            }
            case "remove" -> {
                if (!hasServer || given.has(TailArguments.JSON)) {
                    throw new WrongUse(USE);
                }
                yield new Request.TrustRemove(server(words.get(1), environment));
            }
            default -> throw new WrongUse(USE);
        };
    }

    private static ServerAddress server(String given, Map<String, String> environment)
            throws WrongUse {
        var profile = Profiles.in(environment).named(given);
        if (profile.isPresent()) {
            return profile.get().server();
        }
        return ServerAddress.parse(given.substring(given.lastIndexOf('@') + 1))
                .orElseThrow(
                        () -> new WrongUse("not a server: " + given + "; expected host[:port]"));
    }
}
