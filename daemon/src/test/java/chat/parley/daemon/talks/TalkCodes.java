package chat.parley.daemon.talks;

import chat.parley.daemon.auth.AuthenticatorApp;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/// The authenticator apps of those who speak in a talk: `{totp ann}` in what they send.
final class TalkCodes {

    private static final Pattern KEY =
            Pattern.compile(" NOTE TOTP SECRET otpauth://totp/[^:]+:(\\w+)\\?secret=([A-Z2-7]+)&");
    private static final Pattern CODE = Pattern.compile("\\{totp (\\w+)( used)?}");

    private final Clock clock;
    private final Map<String, String> keys = new HashMap<>();
    private final Map<String, String> sent = new HashMap<>();

    TalkCodes(Clock clock) {
        this.clock = clock;
    }

    /// Somebody may have been told a key.
    void learn(Wire wire) {
        for (var line : wire.seen()) {
            var told = KEY.matcher(line);
            if (told.find()) {
                keys.put(told.group(1), told.group(2));
            }
        }
    }

    /// The line with codes in it.
    String in(String line) {
        return CODE.matcher(line)
                .replaceAll(asked -> {
                    var name = asked.group(1);
                    if (asked.group(2) == null) {
                        var key = Objects.requireNonNull(keys.get(name), name + " has no key");
                        sent.put(name, AuthenticatorApp.code(key, clock));
                    }
                    return sent.get(name);
                });
    }
}
