package chat.parley.client.ui;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// What the terminal was told; a test waits for what must come.
final class Glass extends OutputStream {

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
