package chat.parley.daemon.chat;

/// Somebody or a channel that metadata is about.
///
/// @param name as it is shown
public record Described(String name, Keys keys) {

    public static Described of(User user) {
        return new Described(user.nick().text(), user.keys());
    }
}
