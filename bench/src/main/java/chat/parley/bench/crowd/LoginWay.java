package chat.parley.bench.crowd;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// How sessions say who they are.
public enum LoginWay {
    /// NICK and USER only.
    NONE,
    /// PASS account:password before them.
    PASS,
    /// SASL PLAIN.
    SASL;

    /// The password of an account that was made for a measurement.
    public static String password(String account) {
        return account + "-bench-secret";
    }

    /// What is said first.
    List<String> opening(String account, String password) {
        var lines = new ArrayList<String>();
        if (this == SASL) {
            lines.add("CAP REQ :sasl");
        }
        if (this == PASS) {
            lines.add("PASS " + account + ":" + password);
        }
        lines.add("NICK " + account);
        lines.add("USER " + account + " 0 * :" + account);
        return lines;
    }

    /// The payload of SASL PLAIN (RFC 4616), in base64.
    static String plain(String account, String password) {
        var payload = account + "\0" + account + "\0" + password;
        return Base64.getEncoder().encodeToString(payload.getBytes(StandardCharsets.UTF_8));
    }
}
