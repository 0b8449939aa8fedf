package chat.parley.daemon.chat;

import chat.parley.protocol.Message;
import chat.parley.protocol.Name;
import java.util.ArrayList;
import java.util.List;

/// Changes of modes that took effect, as one MODE message says them.
final class ModesDone {

    private final StringBuilder letters = new StringBuilder();
    private final List<String> params = new ArrayList<>();
    private final List<String> roles = new ArrayList<>();
    private char sign;

    /// @param param empty for a mode without
    void add(boolean add, char mode, String param) {
        var needed = add ? '+' : '-';
        if (sign != needed) {
            sign = needed;
            letters.append(needed);
        }
        letters.append(mode);
        if (!param.isEmpty()) {
            params.add(param);
        }
    }

    /// The same for who governs; its account is noted, as nicks may be anything.
    void addOperator(boolean add, String nick, String account) {
        add(add, 'o', nick);
        roles.add((add ? "+o " : "-o ") + account);
    }

    /// Who governs from now on, or does not any more, such as `+o ann`.
    List<String> roles() {
        return roles;
    }

    boolean isEmpty() {
        return letters.isEmpty();
    }

    Message message(String source, Name.Channel channel) {
        var all = new ArrayList<String>();
        all.add(channel.text());
        all.add(letters.toString());
        all.addAll(params);
        return Message.from(source, "MODE", all);
    }
}
