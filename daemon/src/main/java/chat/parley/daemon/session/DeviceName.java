package chat.parley.daemon.session;

import java.util.regex.Pattern;

/// `account@device`, as a login may name which of a person's devices it is; no account's name has
/// an `@`. What was missed is told once to each device.
///
/// @param device empty if none was named
record DeviceName(String account, String device) {

    private static final Pattern WITH_DEVICE = Pattern.compile("([^@]+)@([A-Za-z0-9._-]{1,32})");

    static DeviceName of(String given) {
        var parts = WITH_DEVICE.matcher(given);
        return parts.matches()
                ? new DeviceName(parts.group(1), parts.group(2))
                : new DeviceName(given, "");
    }
}
