package chat.parley.daemon.config;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where to listen, as an admin writes it: `0.0.0.0:6697`, `[::1]:6697`, `*:6697`.
final class ListenAddress {

    private static final Pattern SHAPE =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)]|([^\\[\\]:/\\s]+)):(\\d{1,5})");

    private ListenAddress() {}

    /// All addresses of a setting.
    static List<InetSocketAddress> all(Settings settings, String key, List<String> fallback) {
        var addresses = new ArrayList<InetSocketAddress>();
        for (var text : settings.texts(key, fallback)) {
            parse(text)
                    .ifPresentOrElse(
                            addresses::add,
                            () ->
                                    settings.problem(
                                            key,
                                            "cannot listen on \"" + text + "\"",
                                            "write host:port, such as 0.0.0.0:6697 or [::1]:6697;"
                                                    + " the host must be known here"));
        }
        return addresses;
    }

    /// A name is looked up here and now.
    static Optional<InetSocketAddress> parse(String text) {
        var found = SHAPE.matcher(text.strip());
        if (!found.matches() || Integer.parseInt(found.group(3)) > 65_535) {
            return Optional.empty();
        }
        var port = Integer.parseInt(found.group(3));
        var host = found.group(1) == null ? found.group(2) : found.group(1);
        var address =
                host.equals("*") ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
        return address.isUnresolved() ? Optional.empty() : Optional.of(address);
    }
}
