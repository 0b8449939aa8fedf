package chat.parley.daemon.chat;

import java.util.Optional;

/// Whom something private is for: an account, here or not.
///
/// @param account its name; of somebody who is not here as it was given
/// @param shown the nick, as it stands in what is said
/// @param here the user of that nick; empty if it is nobody's, though where nicks are free the
///   account may be here by others
public record Addressee(String account, String shown, Optional<User> here) {

    public static Addressee of(User user) {
        return new Addressee(user.account(), user.nick().text(), Optional.of(user));
    }

    /// Somebody whose name is nobody's nick.
    public static Addressee away(String account) {
        return new Addressee(account, account, Optional.empty());
    }
}
