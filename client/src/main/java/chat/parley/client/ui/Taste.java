package chat.parley.client.ui;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What a person wrote into its file about how things are shown. A variable of the environment goes
/// before it, as that is nearer to the moment.
///
/// @param theme as `PARLEY_THEME`
/// @param notifications as `PARLEY_NOTIFY`
/// @param notificationText as `PARLEY_NOTIFY_TEXT`
public record Taste(
        Optional<String> theme, Optional<String> notifications, Optional<String> notificationText) {

    public static Taste unsaid() {
        return new Taste(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// The environment, with what it does not say itself.
    Map<String, String> under(Map<String, String> environment) {
        var all = new HashMap<>(environment);
        put(all, "PARLEY_THEME", theme);
        put(all, "PARLEY_NOTIFY", notifications);
        put(all, "PARLEY_NOTIFY_TEXT", notificationText);
        return Map.copyOf(all);
    }

    private static void put(Map<String, String> all, String name, Optional<String> said) {
        if (all.getOrDefault(name, "").isEmpty()) {
            said.ifPresent(text -> all.put(name, text));
        }
    }
}
