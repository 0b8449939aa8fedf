package chat.parley.daemon.auth;

import chat.parley.protocol.Secret;

/// Turns passwords into what is stored. Slow by intention: for platform threads only, and in the
/// daemon for those of [HashingPool] only.
public interface Hasher {

    /// What to store, at today's price.
    String hash(Secret password);

    /// Whether it is the password of a stored hash, at the price of that hash.
    boolean verify(String stored, Secret password);

    /// Whether a stored hash is cheaper to attack than what would be made today.
    boolean isWeaker(String stored);

    /// A hash that no password fits, at the price of a stored one.
    String standInFor(String stored);

    /// A hash that no password fits, at today's price.
    String standIn();
}
