package chat.parley.daemon.chat;

/// What an account may do in a channel, from least to most. Kept with the channel, so it lasts.
public enum Role {
    MEMBER("", ' '),
    VOICE("+", 'v'),
    OPERATOR("@", 'o'),
    /// An operator whom operators cannot make less. There is no mode letter of its own for it.
    OWNER("@", 'o');

    private final String prefix;
    private final char mode;

    Role(String prefix, char mode) {
        this.prefix = prefix;
        this.mode = mode;
    }

    /// What stands before a nick in NAMES and WHO; empty for a mere member.
    public String prefix() {
        return prefix;
    }

    /// The letter in MODE; a space for a mere member.
    public char mode() {
        return mode;
    }

    public boolean isAtLeast(Role other) {
        return compareTo(other) >= 0;
    }
}
