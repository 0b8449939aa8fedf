package chat.parley.daemon.auth;

import java.time.Clock;

/// What shows codes on a phone: it knows the key and what time it is, and nothing else.
public final class AuthenticatorApp {

    private AuthenticatorApp() {}

    /// The code it shows now.
    ///
    /// @param key in base32
    public static String code(String key, Clock clock) {
        return new String(Totp.code(Base32.decode(key), Totp.step(clock)));
    }
}
