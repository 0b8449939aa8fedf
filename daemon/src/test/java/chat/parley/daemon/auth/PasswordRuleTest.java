package chat.parley.daemon.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;

class PasswordRuleTest {

    private final PasswordRule rule = new PasswordRule(List.of("ParleyNetwork"));

    @Test
    void a_good_password_is_one_that_is_long_whatever_is_in_it() {
        assertEquals("", objection("correct horse"));
        assertEquals("", objection("111111111112"));
        assertEquals("", objection("grüße an alle 🫖"));
    }

    @Test
    void a_bad_one_is_refused_with_the_reason() {
        assertEquals("a password has at least 12 characters", objection("elevenchars"));
        assertEquals("one character over and over is no password", objection("aaaaaaaaaaaaaaaa"));
        assertEquals("the account's own name is no password", objection("ANN_WITH_A_long_name"));
        assertEquals("the network's own name is no password", objection("parleynetwork"));
        assertTrue(objection("").startsWith("a password has"));
    }

    private String objection(String password) {
        return rule.objection("ann_with_a_long_name", new Secret(password.toCharArray()))
                .orElse("");
    }
}
