package chat.parley.client;

import chat.parley.client.arguments.Completes;
import chat.parley.client.arguments.Given;
import chat.parley.client.arguments.Mode;
import chat.parley.client.arguments.WrongUse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `parley sessions [end NUMBER|all]`.
final class SessionsArguments implements Spoken {

    @Override
    public Mode mode() {
        return new Mode(
                "sessions",
                "[end NUMBER|all]",
                0,
                2,
                List.of(Completes.oneOf("end"), Completes.oneOf("all")),
                "list where you are logged in, or end it there",
                "Lists where you are logged in, with a number each; or ends the session with that"
                        + " number, or all of them.",
                List.of(),
                ConnectionArguments.SECTIONS,
                List.of());
    }

    @Override
    public Request request(Given.Asked given, Map<String, String> environment) throws WrongUse {
        var connection = ConnectionArguments.connection(given, environment);
        var words = given.words();
        if (words.isEmpty()) {
            return new Request.Sessions(connection, Optional.empty());
        }
        if (words.size() < 2
                || !words.getFirst().equals("end")
                || !words.get(1).matches("[0-9]{1,18}|all")) {
            throw new WrongUse("it is parley sessions, or parley sessions end NUMBER|all");
        }
        return new Request.Sessions(connection, Optional.of(words.get(1)));
    }
}
