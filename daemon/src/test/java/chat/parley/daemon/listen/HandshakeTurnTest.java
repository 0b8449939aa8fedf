package chat.parley.daemon.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class HandshakeTurnTest {

    private final Semaphore all = new Semaphore(1, true);

    @Test
    void is_taken_once_and_given_back_once() throws Exception {
        var turn = new HandshakeTurn(all);
        turn.take();
        turn.take();
        assertEquals(0, all.availablePermits());
        turn.giveBack();
        turn.giveBack();
        assertEquals(1, all.availablePermits());
        turn.take();
        assertEquals(0, all.availablePermits());
    }

    @Test
    void who_is_interrupted_before_it_has_none_and_gives_none_back() throws Exception {
        new HandshakeTurn(all).take();
        var second = new HandshakeTurn(all);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedIOException.class, second::take);
        assertTrue(Thread.interrupted());
        second.giveBack();
        assertEquals(0, all.availablePermits());
    }
}
