package chat.parley.daemon.admin;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What this machine may be called by those who connect to it.
final class HostNames {

    /// RFC 1123, 2.1, with at least one letter so that it is no address.
    private static final Pattern NAME =
            Pattern.compile(
                    "(?=.{1,253}$)(?=.*[a-z])"
                            + "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
                            + "(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

    private static final Pattern ADDRESS =
            Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-f:.]*:[0-9a-f:.]*");

    private HostNames() {}

    /// Whether a certificate can be made out to it.
    static boolean isUsable(String name) {
        return NAME.matcher(name).matches() || isAddress(name);
    }

    static boolean isAddress(String name) {
        if (!ADDRESS.matcher(name).matches()) {
            return false;
        }
        try {
            InetAddress.ofLiteral(name);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /// The names asked for, then this machine's own name, its addresses, and the loopback.
    static List<String> withOwn(List<String> given) {
        var names = new LinkedHashSet<String>();
        given.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        names.addAll(own());
        names.addAll(List.of("localhost", "127.0.0.1", "::1"));
        return List.copyOf(names);
    }

    private static List<String> own() {
        var names = new ArrayList<String>();
        try {
            names.add(InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT));
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress())
                    .filter(address -> !address.isLinkLocalAddress()) // means nothing elsewhere
                    .map(HostNames::text)
                    .forEach(names::add);
        } catch (IOException _) {
            // a machine that does not know its own name can still be called localhost
        }
        names.removeIf(name -> !isUsable(name));
        return names;
    }

    private static String text(InetAddress address) {
        var text = address.getHostAddress();
        return address instanceof Inet6Address ? text.replaceFirst("%.*", "") : text;
    }
}
