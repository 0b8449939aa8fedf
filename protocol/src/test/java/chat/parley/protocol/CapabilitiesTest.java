package chat.parley.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CapabilitiesTest {

    @ParameterizedTest
    @EnumSource(Capability.class)
    void each_can_be_put_in_and_taken_out_and_is_known_by_its_name(Capability capability) {
        assertTrue(Capabilities.NONE.with(capability).has(capability));
        assertEquals(Capabilities.NONE, Capabilities.NONE.with(capability).without(capability));
        assertEquals(Optional.of(capability), Capability.of(capability.wire()));
    }

    @Test
    void sets_are_equal_however_they_were_made() {
        assertEquals(
                Capabilities.of(Capability.BATCH, Capability.SASL),
                Capabilities.NONE.with(Capability.SASL).with(Capability.BATCH));
    }

    @Test
    void and_keeps_what_is_in_both() {
        var one = Capabilities.of(Capability.BATCH, Capability.SASL);
        var other = Capabilities.of(Capability.SASL, Capability.SERVER_TIME);

        assertEquals(List.of(Capability.SASL), one.and(other).stream().toList());
        assertFalse(one.and(other).has(Capability.BATCH));
    }

    @Test
    void names_are_exact() {
        assertEquals(Optional.empty(), Capability.of("SASL"));
        assertEquals(Optional.empty(), Capability.of(""));
        assertEquals(Optional.empty(), Capability.of("no-such-thing"));
    }
}
