package chat.parley.client.link;

import static chat.parley.client.link.Certificates.dns;
import static chat.parley.client.link.Certificates.ip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.client.link.Certificates.Identity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is wrong with a certificate is told with what to do.
@Timeout(120)
class DoubtTest extends OverATrust {

    private Doubt doubt(Identity server, Identity authority) throws Exception {
        return assertInstanceOf(Verdict.Refused.class, verdict(dial(server, _ -> only(authority))))
                .doubt();
    }

    @Test
    void that_it_expired() throws Exception {
        var server = Certificates.selfSigned(Certificates.key(), -1, dns("localhost"));

        var doubt = doubt(server, server);

        assertTrue(
                doubt.why().matches("its certificate expired on [-0-9]{10} [0-9]{2}:.* UTC"),
                doubt::why);
        assertTrue(doubt.next().contains("admin has to renew it"), doubt::next);
    }

    @Test
    void that_it_is_not_valid_yet() throws Exception {
        var server = Certificates.early(Certificates.key(), dns("localhost"));

        var doubt = doubt(server, server);

        assertTrue(doubt.why().startsWith("its certificate is valid only from "), doubt::why);
        assertTrue(doubt.next().startsWith("Look at this machine's clock"), doubt::next);
    }

    @Test
    void that_it_is_for_others_and_for_whom_as_far_as_that_can_be_shown() throws Exception {
        var authority = Certificates.authority("team");
        var server =
                Certificates.signedBy(
                        authority, "x", dns("chat.example"), dns("x\u001b[2J"), ip("192.0.2.1"));

        assertEquals(
                "its certificate is valid, but not for localhost: it is for chat.example,"
                        + " 192.0.2.1",
                doubt(server, authority).why());
    }

    @Test
    void that_nobody_known_signed_it() throws Exception {
        var server = Certificates.signedBy(Certificates.authority("a"), "x", dns("localhost"));

        assertEquals(
                "no authority known here vouches for its certificate",
                doubt(server, Certificates.authority("b")).why());
    }
}
