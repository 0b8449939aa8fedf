package chat.parley.daemon.auth;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/// What an authenticator app and the daemon share: 160 bits at random, as RFC 4226 (4, R6)
/// recommends. It prints as `TotpKey[hidden]`; whoever gets one closes it, which wipes it.
public final class TotpKey implements AutoCloseable {

    private static final int BYTES = 20;

    private final byte[] bytes;

    private TotpKey(byte[] bytes) {
        this.bytes = bytes;
    }

    public static TotpKey make(SecureRandom random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new TotpKey(bytes);
    }

    /// A key that nobody has, for work that must be done whether there is a key or not.
    static TotpKey standIn() {
        return new TotpKey(new byte[BYTES]);
    }

    /// @throws IllegalArgumentException if it is not base32
    static TotpKey of(String base32) {
        return new TotpKey(Base32.decode(base32));
    }

    /// Whether it is as long as those that are made here.
    boolean isWhole() {
        return bytes.length == BYTES;
    }

    /// The bytes themselves, not a copy.
    byte[] bytes() {
        return bytes;
    }

    /// As people type it into an app that cannot read the address.
    public String base32() {
        return Base32.encode(bytes);
    }

    /// The address that apps take, by themselves or as a picture
    /// (github.com/google/google-authenticator, "Key URI Format"). What is not said is their
    /// default: SHA1, 6 digits, 30 seconds.
    ///
    /// @param issuer the network: apps show it beside the account
    public String uri(String issuer, String account) {
        var network = encoded(issuer);
        return "otpauth://totp/%s:%s?secret=%s&issuer=%s"
                .formatted(network, encoded(account), base32(), network);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "TotpKey[hidden]";
    }
}
