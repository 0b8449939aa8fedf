package chat.parley.daemon.chat;

import java.time.Instant;

/// Somebody who has an account: its name, and since when it is theirs. Whoever had an account of
/// this name before is another person.
public record Person(String account, Instant since) {}
