package chat.parley.daemon.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.observe.Recorded;
import chat.parley.daemon.tls.TestAuthority.Wish;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidityTest {

    private static final Instant UNTIL = Instant.parse("2031-05-06T07:08:09Z");

    @TempDir Path dir;
    private final Validity validity = new Validity();

    private List<ServerKey> key(Duration life) throws Exception {
        var wish = Wish.server("chat.example").valid(UNTIL.minus(life), UNTIL);
        var files = TestAuthority.root("Root").issue(wish).write(dir, "chat");
        return ServerTls.of(new DaemonConfig.Tls(files)).keys();
    }

    /// What was said at that moment, without the time of the line.
    private List<String> said(List<ServerKey> keys, Instant now) {
        try (var log = new Recorded()) {
            validity.look(keys, now);
            return log.lines().stream()
                    .map(line -> line.substring(25, line.indexOf(" file=")))
                    .toList();
        }
    }

    @Test
    void is_said_daily_from_thirty_days_before_the_end() throws Exception {
        var keys = key(Duration.ofDays(365));
        var first = UNTIL.minus(Duration.ofDays(30)).plusSeconds(1);

        assertEquals(List.of(), said(keys, UNTIL.minus(Duration.ofDays(31))));
        assertEquals(
                List.of(
                        "WARN  tls      the certificate expires soon: renew it names=chat.example"
                                + " days=29 until=2031-05-06T07:08:09Z"),
                said(keys, first));
        assertEquals(List.of(), said(keys, first.plus(Duration.ofHours(23))));
        assertEquals(1, said(keys, first.plus(Duration.ofHours(24))).size());
    }

    @Test
    void is_said_as_an_error_once_it_is_over() throws Exception {
        assertEquals(
                List.of(
                        "ERROR tls      the certificate has expired: clients refuse it; renew it"
                                + " names=chat.example expired=2031-05-06T07:08:09Z"),
                said(key(Duration.ofDays(365)), UNTIL.plusSeconds(1)));
    }

    @Test
    void is_said_as_an_error_before_it_begins() throws Exception {
        assertEquals(
                1,
                said(key(Duration.ofDays(10)), UNTIL.minus(Duration.ofDays(11))).stream()
                        .filter(line -> line.startsWith("ERROR"))
                        .count());
    }

    /// Six days are usual now, and are renewed when two are left.
    @Test
    void of_a_few_days_is_said_in_the_last_third() throws Exception {
        var keys = key(Duration.ofDays(6));

        assertEquals(List.of(), said(keys, UNTIL.minus(Duration.ofHours(49))));
        assertEquals(1, said(keys, UNTIL.minus(Duration.ofHours(24 + 1))).size());
    }

    @Test
    void of_a_renewed_certificate_is_judged_anew() throws Exception {
        var soon = UNTIL.minus(Duration.ofDays(1));
        assertEquals(1, said(key(Duration.ofDays(90)), soon).size());
        assertEquals(1, said(key(Duration.ofDays(90)), soon.plusSeconds(60)).size());
    }
}
