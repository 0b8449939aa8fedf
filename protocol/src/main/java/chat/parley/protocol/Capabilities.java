package chat.parley.protocol;

import java.util.Arrays;
import java.util.stream.Stream;

/// A set of capabilities as one number, cheap enough to compare for each receiver of each message.
public record Capabilities(long bits) {

    public static final Capabilities NONE = new Capabilities(0);

    public static Capabilities of(Capability... all) {
        return Arrays.stream(all)
                .reduce(NONE, Capabilities::with, (a, b) -> new Capabilities(a.bits | b.bits));
    }

    public boolean has(Capability capability) {
        return (bits & bit(capability)) != 0;
    }

    public Capabilities with(Capability capability) {
        return new Capabilities(bits | bit(capability));
    }

    public Capabilities without(Capability capability) {
        return new Capabilities(bits & ~bit(capability));
    }

    /// The ones that are in both.
    public Capabilities and(Capabilities other) {
        return new Capabilities(bits & other.bits);
    }

    public Stream<Capability> stream() {
        return Arrays.stream(Capability.values()).filter(this::has);
    }

    @SuppressWarnings("EnumOrdinal") // a bit is never stored or sent
    private static long bit(Capability capability) {
        return 1L << capability.ordinal();
    }
}
