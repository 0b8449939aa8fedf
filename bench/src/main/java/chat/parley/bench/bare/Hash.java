package chat.parley.bench.bare;

import chat.parley.daemon.config.DaemonConfig;
import de.mkammerer.argon2.Argon2;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;

/// One password and its stored hash, by argon2-jvm alone. Any thread.
final class Hash {

    private static final char[] PASSWORD = "bench0-bench-secret".toCharArray();

    private final Argon2 argon2 = Argon2Factory.create(Argon2Types.ARGON2id);
    private final String stored;

    Hash(DaemonConfig.Argon2 price) {
        var kibibytes = Math.toIntExact(price.memory().bytes() / 1024);
        stored = argon2.hash(price.passes(), kibibytes, price.lanes(), PASSWORD);
    }

    /// Hashes once; false would be a mistake.
    boolean isRight() {
        return argon2.verify(stored, PASSWORD);
    }
}
