package chat.parley.client.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jline.terminal.Size;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A person's keys and what the terminal is told, by JLine's own terminal in memory.
@Timeout(30)
class LineTerminalTest {

    /// What the terminal was told; a test waits for what must come.
    private static final class Glass extends OutputStream {

        private final ByteArrayOutputStream told = new ByteArrayOutputStream(); // guarded by lock

        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();

        @Override
        public void write(byte[] bytes, int from, int count) {
            lock.lock();
            try {
                told.write(bytes, from, count);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        /// From where the last look ended.
        String waitFor(Predicate<String> wanted) throws InterruptedException {
            lock.lock();
            try {
                while (!wanted.test(told.toString(StandardCharsets.UTF_8))) {
                    changed.await();
                }
                var text = told.toString(StandardCharsets.UTF_8);
                told.reset();
                return text;
            } finally {
                lock.unlock();
            }
        }
    }

    private final Glass glass = new Glass();
    private PipedOutputStream keys;
    private LineTerminal terminal;

    @BeforeEach
    void open() throws IOException {
        keys = new PipedOutputStream();
        var external =
                new ExternalTerminal(
                        "test", "xterm", new PipedInputStream(keys), glass, StandardCharsets.UTF_8);
        external.setSize(Size.of(80, 24));
        terminal = new LineTerminal(external, () -> List.of("ann", "bob", "#lobby"));
        terminal.prompt("#lobby> ");
    }

    @AfterEach
    void close() throws IOException {
        terminal.close();
    }

    private void types(String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    private CompletableFuture<Optional<String>> next() {
        return CompletableFuture.supplyAsync(() -> terminal.next());
    }

    @Nested
    class A_line_being_typed {

        @Test
        void is_not_broken_by_a_line_that_comes() throws Exception {
            var line = next();
            glass.waitFor(told -> told.contains("#lobby> "));
            types("half a ");
            glass.waitFor(told -> told.contains("a "));

            terminal.show("12:00 bob  hello");
            var told = glass.waitFor(text -> text.contains("hello") && text.endsWith("half a "));
            assertTrue(told.indexOf("hello") < told.lastIndexOf("#lobby> half a "), told);

            types("line\r");
            assertEquals(Optional.of("half a line"), line.get());
        }

        @Test
        void is_kept_when_the_prompt_changes() throws Exception {
            var line = next();
            glass.waitFor(told -> told.contains("#lobby> "));
            types("half ");
            glass.waitFor(told -> told.contains("half "));

            terminal.prompt("#tea> ");
            glass.waitFor(told -> told.contains("tea"));

            types("line\r");
            assertEquals(Optional.of("half line"), line.get());
        }

        @Test
        void may_have_quotes_backslashes_and_exclamation_marks() throws Exception {
            var line = next();
            types("it's \"so\\ !! \\n $x\r");

            assertEquals(Optional.of("it's \"so\\ !! \\n $x"), line.get());
        }
    }

    @Nested
    class The_prompt {

        @Test
        void is_shown_as_it_is_whatever_a_channel_is_called() throws Exception {
            terminal.prompt("#50%{%N> ");
            var line = next();
            glass.waitFor(told -> told.contains("#50%{%N> "));

            types("\r");
            assertEquals(Optional.of(""), line.get());
        }
    }

    @Nested
    class A_paste_of_several_lines {

        @Test
        void is_entered_as_a_whole_and_by_the_person() throws Exception {
            var line = next();
            glass.waitFor(told -> told.contains("#lobby> "));
            types("\u001b[200~one\ntwo\u001b[201~");
            glass.waitFor(told -> told.contains("two"));
            types("\r");

            assertEquals(Optional.of("one\ntwo"), line.get());
        }
    }

    @Nested
    class Tab {

        @Test
        void completes_commands_nicks_and_channels() throws Exception {
            var command = next();
            types("/jo\t#lob\t\r");
            assertEquals(Optional.of("/join #lobby "), command.get());

            var nick = next();
            types("an\thello, bo\t\r");
            assertEquals(Optional.of("ann: hello, bob "), nick.get());
        }
    }

    @Nested
    class The_end_of_the_input {

        @Test
        void is_ctrl_d() throws Exception {
            var line = next();
            types("\u0004");

            assertEquals(Optional.empty(), line.get());
        }
    }
}
