package chat.parley.client;

import chat.parley.daemon.admin.DevelopmentCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A bouncer that follows a script: one that finds messages by their time alone, in front of a
/// server that gives them no ids, and that answers a PING itself. As soju 0.9 in front of ngIRCd.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AtABouncer {

    private static final String CAPABILITIES =
            "draft/chathistory draft/event-playback soju.im/search";

    private DevelopmentCertificate certificate;
    private Path ca;
    @TempDir Path home;

    @BeforeAll
    void make(@TempDir Path shared) throws GeneralSecurityException, IOException {
        certificate = DevelopmentCertificate.of(List.of("localhost"), 1);
        ca = ScriptedDaemon.pem(certificate.certificate(), shared.resolve("ca.pem"));
    }

    /// @param script what the bouncer does between the login and the client's end
    final Run parley(ScriptedDaemon.Script script, String... words) throws Exception {
        ScriptedDaemon.Script whole =
                peer -> {
                    logsIn(peer);
                    script.run(peer);
                    peer.waitsForTheEnd();
                };
        try (var daemon = new ScriptedDaemon(certificate, whole)) {
            var arguments = new ArrayList<>(List.of(words));
            arguments.addAll(List.of("-s", "ann@" + daemon.address(), "--ca", ca.toString()));
            return Run.of(home, Map.of(), "", arguments.toArray(String[]::new));
        }
    }

    private static void logsIn(ScriptedDaemon.Peer peer) throws IOException {
        peer.offers("sasl=PLAIN server-time message-tags echo-message batch " + CAPABILITIES);
        peer.hears("AUTHENTICATE PLAIN");
        peer.says("AUTHENTICATE +");
        peer.hears("AUTHENTICATE ");
        peer.says(":d.test 903 * :ok");
        peer.hears("CAP END");
        peer.says(":d.test 001 ann :hello", ":d.test 005 ann MSGREFTYPES=timestamp :are supported");
    }
}
