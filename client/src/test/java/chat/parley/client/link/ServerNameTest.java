package chat.parley.client.link;

import static chat.parley.client.link.Certificates.dns;
import static chat.parley.client.link.Certificates.ip;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ServerNameTest {

    private static boolean names(GeneralName name, String host) throws GeneralSecurityException {
        var made = Certificates.selfSigned(Certificates.key(), 1, name);
        return ServerName.isIn(made.certificate(), host);
    }

    @Nested
    class A_name {

        @Test
        void is_the_same_whatever_its_case_and_last_dot() throws Exception {
            assertTrue(names(dns("Chat.Example"), "chat.example."));
            assertTrue(names(dns("xn--bcher-kva.example"), "bücher.example"));
        }

        @Test
        void is_not_its_parent_child_or_part() throws Exception {
            assertFalse(names(dns("chat.example"), "example"));
            assertFalse(names(dns("chat.example"), "a.chat.example"));
            assertFalse(names(dns("chat.example"), "xchat.example"));
        }
    }

    @Nested
    class A_wildcard {

        @Test
        void stands_for_one_whole_label_on_the_left() throws Exception {
            assertTrue(names(dns("*.chat.example"), "a.chat.example"));
            assertFalse(names(dns("*.chat.example"), "a.b.chat.example"));
            assertFalse(names(dns("*.chat.example"), "chat.example"));
            assertFalse(names(dns("*.example"), "chat.example"));
            assertFalse(names(dns("a*.chat.example"), "ab.chat.example"));
            assertFalse(names(dns("*"), "chat"));
        }
    }

    @Nested
    class An_address {

        @Test
        void is_compared_as_an_address() throws Exception {
            assertTrue(names(ip("127.0.0.1"), "127.0.0.1"));
            assertTrue(names(ip("::1"), "0:0:0:0:0:0:0:1"));
            assertFalse(names(ip("127.0.0.1"), "127.0.0.2"));
        }

        @Test
        void is_no_name_and_a_name_is_none() throws Exception {
            assertFalse(names(dns("127.0.0.1"), "127.0.0.1"));
            assertFalse(names(ip("127.0.0.1"), "localhost"));
        }
    }
}
