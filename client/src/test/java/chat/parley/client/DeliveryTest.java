package chat.parley.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.client.ui.Taste;
import chat.parley.daemon.admin.DevelopmentCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DeliveryTest {

    private static Surroundings around(Path home) {
        var nowhere =
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        return new Surroundings(
                InputStream.nullInputStream(),
                nowhere,
                nowhere,
                Map.of("PARLEY_PASSWORD", "correct horse", "XDG_CONFIG_HOME", home.toString()),
                false,
                false,
                Optional::empty,
                Clock.systemUTC(),
                new Random(1));
    }

    private static void hearsAndSaysNothing(ScriptedDaemon.Peer peer) throws IOException {
        peer.logsIn("ann", "parley.chat/once");
        peer.waitsForTheEnd();
    }

    @Test
    void a_daemon_that_never_echoes_is_asked_twice_and_not_for_ever(@TempDir Path home)
            throws Exception {
        var certificate = DevelopmentCertificate.of(List.of("localhost"), 1);
        var ca = ScriptedDaemon.pem(certificate.certificate(), home.resolve("ca.pem"));
        try (var daemon =
                new ScriptedDaemon(
                        certificate,
                        DeliveryTest::hearsAndSaysNothing,
                        DeliveryTest::hearsAndSaysNothing,
                        DeliveryTest::hearsAndSaysNothing)) {
            var connection =
                    new Request.Connection(
                            daemon.address(),
                            "ann",
                            new Request.PasswordFrom.Person(),
                            false,
                            Optional.of(ca),
                            Optional.empty(),
                            Optional.empty(),
                            List.of(),
                            Taste.unsaid());
            var around = around(home);
            try (var admission = Admission.inPassing(connection, around, "parley-test");
                    var within = new Clocked(Optional.empty());
                    var delivery =
                            new Delivery(
                                    admission,
                                    "bob",
                                    "k",
                                    within,
                                    around,
                                    Duration.ofMillis(300))) {
                delivery.open();
                var parcel = Parcel.ofLine("bob", "milk?").getFirst();

                var problem = assertThrows(Problem.class, () -> delivery.deliver(parcel));

                assertEquals(ExitCode.CANNOT_CONNECT, problem.code());
                assertTrue(
                        String.valueOf(problem.getMessage())
                                .startsWith("not known to be kept: no echo within"),
                        problem::getMessage);
            }
            var said = daemon.heard().stream().filter(line -> line.contains("PRIVMSG")).toList();
            assertEquals(2, said.size(), said::toString);
        }
    }
}
