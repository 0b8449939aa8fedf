package chat.parley.bench.crowd;

import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/// How a crowd's speakers speak, in turn, until told to stop. Started and stopped by the crowd's
/// owner.
public sealed interface Talk {

    /// Begins.
    void start();

    /// Nobody speaks after this.
    void stop() throws InterruptedException;

    /// As fast as what is said is heard: so many messages are on their way at a time, counted as
    /// deliveries, so that one slow listener holds up nobody.
    final class Closed implements Talk {

        private final Crowd crowd;
        private final int window;
        private final Runnable tick = this::tick;
        private int next; // the loop's thread

        public Closed(Crowd crowd, int window) {
            this.crowd = crowd;
            this.window = window;
        }

        private void tick() {
            var speakers = crowd.speakers();
            var most = Math.round((window - 1) * crowd.audience());
            var waiting = crowd.expected() - crowd.heard();
            for (var room = most - waiting; room >= 0; room -= Math.round(crowd.audience())) {
                speakers.get(next).speak(System.nanoTime());
                next = (next + 1) % speakers.size();
                if (crowd.audience() < 1) {
                    return; // nobody hears: nothing would hold it back
                }
            }
        }

        @Override
        public void start() {
            crowd.firstLoop().execute(() -> crowd.firstLoop().addTick(tick));
        }

        @Override
        public void stop() throws InterruptedException {
            crowd.firstLoop().execute(() -> crowd.firstLoop().removeTick(tick));
            crowd.firstLoop().awaitTasks();
        }
    }

    /// At a rate, whatever is heard. Each message carries when it was due, not when it was sent: a
    /// stall of the server, or of ours, counts for every message that it held up.
    final class Open implements Talk {

        private final Crowd crowd;
        private final double rate;
        private final Thread thread = Thread.ofPlatform().name("pacer").unstarted(this::run);
        private final Histogram late = new Histogram(60_000_000L, 3); // the loop's thread
        private volatile boolean over;

        /// @param rate messages a second
        public Open(Crowd crowd, double rate) {
            this.crowd = crowd;
            this.rate = rate;
        }

        private void run() {
            var began = System.nanoTime();
            for (var i = 0L; !over; i++) {
                var due = began + Math.round(i * 1e9 / rate);
                for (var early = due - System.nanoTime();
                        early > 0 && !over;
                        early = due - System.nanoTime()) {
                    LockSupport.parkNanos(early);
                }
                var speaker = crowd.speakers().get((int) (i % crowd.speakers().size()));
                crowd.firstLoop()
                        .execute(() -> {
                            late.recordValue(Math.max(0, (System.nanoTime() - due) / 1_000));
                            speaker.speak(due);
                        });
            }
        }

        /// How late we were ourselves, in microseconds; read after the stop.
        public Histogram late() {
            return late;
        }

        @Override
        public void start() {
            thread.start();
        }

        @Override
        public void stop() throws InterruptedException {
            over = true;
            thread.join();
            crowd.firstLoop().awaitTasks(); // what was due last is said, and counted
        }
    }
}
