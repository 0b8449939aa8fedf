package chat.parley.client.model;

import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Message;
import java.util.Set;

/// Which answers refuse a PRIVMSG, where no label tells: the numerics name whom it was for, or the
/// command, or come of its words. Others, such as 422 of the greeting, come unasked.
public final class SpeechRefusal {

    private static final Set<String> COMMANDS = Set.of("PRIVMSG", "BATCH", "*");

    private SpeechRefusal() {}

    /// @param target whom it was for
    public static boolean isOf(Message answer, String target) {
        var isError = answer.command().startsWith("4") || answer.command().startsWith("5");
        return switch (answer.command()) {
            case "FAIL" -> COMMANDS.contains(answer.param(0));
            case "400" -> answer.param(1).equals("PRIVMSG");
            case "411", "412", "417" -> true;
            default -> isError && CaseMapping.same(answer.param(1), target);
        };
    }
}
