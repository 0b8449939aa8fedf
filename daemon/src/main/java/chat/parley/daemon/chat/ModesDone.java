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
    private final List<String> rules = new ArrayList<>();
    private char sign;

    /// @param param empty for a mode without
    void add(boolean add, char mode, String param) {
        say(add, mode, param);
        // A key lets in whoever reads it.
        rules.add(text(add, mode) + (param.isEmpty() || mode == 'k' ? "" : " " + param));
    }

    /// The same for who may do what; its account is noted, as nicks may be anything.
    void addRole(boolean add, char mode, String nick, String account) {
        say(add, mode, nick);
        roles.add(text(add, mode) + " " + account);
    }

    private static String text(boolean add, char mode) {
        return (add ? "+" : "-") + mode;
    }

    private void say(boolean add, char mode, String param) {
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

    /// Who may do what from now on, or may not any more, such as `+o ann`.
    List<String> roles() {
        return roles;
    }

    /// All else, such as `+b *!*@eve`, with no key in it.
    List<String> rules() {
        return rules;
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
