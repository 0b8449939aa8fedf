package chat.parley.client;

import chat.parley.client.arguments.Completes;
import chat.parley.client.arguments.Given;
import chat.parley.client.arguments.Mode;
import chat.parley.client.arguments.Section;
import chat.parley.client.arguments.WrongUse;
import java.util.List;
import java.util.Map;

/// `parley who TARGET`.
final class WhoArguments implements Spoken {

    @Override
    public Mode mode() {
        return new Mode(
                "who",
                "TARGET",
                1,
                1,
                List.of(Completes.nothing()),
                "print who is in a channel, or how somebody is there",
                "Prints who is in a channel, one a line, or one line for a nick: role, nick, account,"
                        + " bot, away, name. It ends with 1 if there is nobody to be seen.",
                List.of(Section.of("Options", TailArguments.JSON)),
                ConnectionArguments.SECTIONS,
                List.of("parley who '#lobby' --json | jq -r 'select(.away | not) | .nick'"));
    }

    @Override
    public Request request(Given.Asked given, Map<String, String> environment) throws WrongUse {
        return new Request.Who(
                ConnectionArguments.connection(given, environment),
                Values.name("TARGET", given.words().getFirst()),
                given.has(TailArguments.JSON));
    }
}
