package chat.parley.daemon.config;

import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The settings of the group `websocket`. For the thread that starts the program.
final class WebSocketSettings {

    private static final String LISTEN = "websocket.listen";
    private static final String ORIGINS = "websocket.origins";

    /// RFC 6454 6.2, which also has no path and no slash at its end.
    private static final Pattern ORIGIN =
            Pattern.compile("[a-z][a-z0-9+.-]*://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");

    /// Browsers leave out the port that goes without saying.
    private static final Pattern NEEDLESS_PORT = Pattern.compile("https://.*:443|http://.*:80");

    private final Settings settings;

    WebSocketSettings(Settings settings) {
        this.settings = settings;
    }

    /// @param lines where lines are spoken
    DaemonConfig.WebSocket besides(List<InetSocketAddress> lines) {
        var listen = ListenAddress.all(settings, LISTEN, List.of());
        for (var address : listen) {
            if (address.getPort() != 0 && lines.contains(address)) {
                settings.problem(
                        LISTEN,
                        LISTEN + " and listen have the same address",
                        "give WebSocket a port of its own, such as 8097");
            }
        }
        return new DaemonConfig.WebSocket(
                listen,
                origins(),
                settings.text(
                        "websocket.path",
                        "/",
                        path -> path.matches("/[A-Za-z0-9._~/-]{0,200}"),
                        "begin with /; letters, digits and ._~- may follow"));
    }

    private Set<String> origins() {
        var origins = new LinkedHashSet<String>();
        for (var text : settings.texts(ORIGINS, List.of())) {
            var origin = text.toLowerCase(Locale.ROOT);
            if (!ORIGIN.matcher(origin).matches()) {
                refuse(text, "write it as a browser does: https://chat.example.org, no path");
            } else if (NEEDLESS_PORT.matcher(origin).matches()) {
                refuse(text, "leave out the port, as browsers do");
            }
            origins.add(origin);
        }
        return origins;
    }

    private void refuse(String origin, String hint) {
        settings.problem(ORIGINS, "\"" + origin + "\" is not an origin", hint);
    }
}
