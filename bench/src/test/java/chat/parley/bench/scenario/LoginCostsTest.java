package chat.parley.bench.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.parley.bench.report.Result;
import chat.parley.bench.scenario.LoginCosts.Cost;
import chat.parley.bench.scenario.LoginCosts.Kind;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LoginCostsTest {

    private final LoginCosts costs = new LoginCosts();

    /// Of a machine that is so many times as slow as it can be.
    private static Map<Kind, Cost> round(double slow, double login) {
        var round = new EnumMap<Kind, Cost>(Kind.class);
        round.put(Kind.LOGIN, new Cost(slow * login, slow * 2 * login));
        round.put(Kind.KNOWN_LOGIN, new Cost(slow * 110, slow * 150));
        round.put(Kind.BARE, new Cost(slow * 100, slow * 100));
        round.put(Kind.GREETING, new Cost(slow * 3, slow * 4));
        round.put(Kind.HANDSHAKE, new Cost(slow * 2, slow * 2));
        round.put(Kind.HASH, new Cost(slow * 98, slow * 98));
        return round;
    }

    private Result verdict() {
        return costs.verdict();
    }

    @Nested
    class A_ratio {

        @Test
        void is_of_one_round_so_that_a_slow_moment_falls_on_both() {
            costs.add(round(1, 120));
            costs.add(round(7, 120));

            assertEquals(1.2, verdict().number("cpu-ratio"), 1e-9);
            assertEquals(2.4, verdict().number("wall-ratio"), 1e-9);
        }

        @Test
        void is_the_middle_one_of_all_rounds() {
            costs.add(round(1, 900));
            costs.add(round(1, 110));
            costs.add(round(1, 105));

            assertEquals(1.1, verdict().number("cpu-ratio"), 1e-9);
        }

        @Test
        void is_told_of_each_kind_of_call_beside_its_like() {
            costs.add(round(1, 120));

            assertEquals(1.1, verdict().number("known-cpu-ratio"), 1e-9);
            assertEquals(1.5, verdict().number("known-wall-ratio"), 1e-9);
            assertEquals(1.5, verdict().number("greeting-cpu-ratio"), 1e-9);
            assertEquals(2, verdict().number("greeting-wall-ratio"), 1e-9);
        }
    }

    @Nested
    class The_figures {

        @Test
        void are_the_middle_ones_of_all_rounds() {
            costs.add(round(1, 120));
            costs.add(round(2, 120));
            costs.add(round(9, 120));

            assertEquals(240, verdict().number("login-cpu-ms"));
            assertEquals(480, verdict().number("login-wall-ms"));
            assertEquals(4, verdict().number("handshake-cpu-ms"));
            assertEquals(196, verdict().number("hash-wall-ms"));
        }

        @Test
        void of_many_together_are_told_for_one() {
            var hash = new Cost(1_002, 2_004).without(new Cost(2, 4), 10);

            assertEquals(new Cost(100, 200), hash);
        }
    }

    @Test
    void a_round_without_one_of_the_kinds_is_none() {
        var round = round(1, 120);
        round.remove(Kind.BARE);

        assertThrows(IllegalArgumentException.class, () -> costs.add(round));
    }
}
