package chat.parley.client.model;

import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Message;
import java.util.Set;

/// Which answers refuse a PRIVMSG, where no label tells: the numerics name whom it was for, or the
/// command, or come of its words. Others come unasked, such as 422 of the greeting, or answer
/// something else about the same channel or person, such as 482 of a TOPIC or 443 of an INVITE.
public final class SpeechRefusal {

    private static final Set<String> COMMANDS = Set.of("PRIVMSG", "BATCH", "*");

    private SpeechRefusal() {}

    /// @param target whom it was for
    public static boolean isOf(Message answer, String target) {
        return switch (answer.command()) {
            case "FAIL" -> COMMANDS.contains(answer.param(0));
            case "400" -> answer.param(1).equals("PRIVMSG");
            case "411", "412", "417" -> true;
            case "401", "403", "404", "407", "408", "439", "477", "486", "531", "716" ->
                    CaseMapping.same(answer.param(1), target);
            default -> false;
        };
    }
}
