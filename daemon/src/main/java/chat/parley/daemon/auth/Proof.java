package chat.parley.daemon.auth;

import chat.parley.daemon.store.Account;

/// That somebody is who they say, by a password. As long as it counts, so does what was done on its
/// ground.
public record Proof(Account account) {}
