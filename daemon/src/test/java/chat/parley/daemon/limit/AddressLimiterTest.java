package chat.parley.daemon.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.DaemonConfig;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class AddressLimiterTest {

    private static final InetAddress HOME = InetAddress.ofLiteral("192.0.2.1");

    @Nested
    class Connections_from_one_network {

        @Test
        void are_refused_past_the_limit_until_one_goes() throws Exception {
            var limiter = limiter(9, 2, 9);
            var first = admitted(limiter, HOME);
            admitted(limiter, HOME);
            var third = limiter.permit();
            assertFalse(third.admit(HOME));

            first.close();

            assertTrue(third.admit(HOME));
        }

        @ParameterizedTest
        @CsvSource({
            "192.0.2.1,       192.0.2.2,        false",
            "192.0.2.1,       ::ffff:192.0.2.1, true",
            "2001:db8::1,     2001:db8::2,      true",
            "2001:db8::1,     2001:db8:0:1::1,  false",
            "::c000:201,      192.0.2.1,        false",
        })
        void are_counted_by_address_or_by_64_bits(String one, String other, boolean same)
                throws Exception {
            var limiter = limiter(9, 1, 9);
            admitted(limiter, InetAddress.ofLiteral(one));

            assertEquals(!same, limiter.permit().admit(InetAddress.ofLiteral(other)));
        }
    }

    @Nested
    class Connections_before_login {

        @Test
        void are_refused_past_the_limit_until_one_logs_in() throws Exception {
            var limiter = limiter(9, 9, 1);
            var first = admitted(limiter, HOME);
            assertFalse(limiter.permit().admit(HOME));

            first.loggedIn();
            first.loggedIn(); // counts once

            admitted(limiter, HOME);
            assertFalse(limiter.permit().admit(HOME));
        }

        @Test
        void are_fewer_when_one_goes() throws Exception {
            var limiter = limiter(9, 9, 1);
            admitted(limiter, HOME).close();

            assertTrue(limiter.permit().admit(HOME));
        }
    }

    @Nested
    class Connections_in_all {

        @Test
        void wait_for_one_to_go() throws Exception {
            var limiter = limiter(1, 9, 9);
            var first = limiter.permit();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var second = threads.submit(limiter::permit);

                first.close();

                second.get().close();
                assertEquals(0, limiter.inUse());
            }
        }

        @Test
        void stop_waiting_when_interrupted() throws Exception {
            var limiter = limiter(1, 9, 9);
            var _ = limiter.permit();
            var outcome = new CompletableFuture<Exception>();
            var waiting =
                    Thread.ofVirtual()
                            .start(() ->
                                    outcome.complete(
                                            assertThrows(
                                                    InterruptedException.class, limiter::permit)));

            waiting.interrupt();

            outcome.get();
        }
    }

    @Nested
    class A_permit {

        @Test
        void is_given_back_once() throws Exception {
            var limiter = limiter(2, 9, 9);
            var permit = admitted(limiter, HOME);
            admitted(limiter, HOME);

            permit.close();
            permit.close();
            permit.loggedIn(); // too late to count

            assertEquals(1, limiter.inUse());
        }

        @Test
        void of_a_refused_peer_frees_its_place() throws Exception {
            var limiter = limiter(2, 1, 9);
            admitted(limiter, HOME);
            var refused = limiter.permit();
            assertFalse(refused.admit(HOME));

            refused.close();

            assertEquals(1, limiter.inUse());
            assertFalse(limiter.permit().admit(HOME));
        }
    }

    private static AddressLimiter limiter(int total, int perAddress, int beforeLogin) {
        return new AddressLimiter(new DaemonConfig.Connections(total, perAddress, beforeLogin, 1));
    }

    private static AddressLimiter.Permit admitted(AddressLimiter limiter, InetAddress address)
            throws InterruptedException {
        var permit = limiter.permit();
        assertTrue(permit.admit(address));
        return permit;
    }
}
