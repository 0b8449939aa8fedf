package chat.parley.daemon.auth;

import chat.parley.protocol.Secret;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/// A hasher that costs nothing and remembers what it was asked, with the price in each hash:
/// `<price>:<password>`. Its work can be held up.
final class CountingHasher implements Hasher {

    private final int today;
    private final List<Integer> verified = new CopyOnWriteArrayList<>();
    private final List<Secret> seen = new CopyOnWriteArrayList<>();
    private final Semaphore go = new Semaphore(1_000_000);

    CountingHasher(int today) {
        this.today = today;
    }

    /// The price of each password that was verified.
    List<Integer> verified() {
        return List.copyOf(verified);
    }

    /// The secrets that were given to it, which must have been wiped since.
    List<Secret> seen() {
        return List.copyOf(seen);
    }

    /// From now on verifications wait for [#letAll].
    void hold() {
        go.drainPermits();
    }

    void letAll() {
        go.release(1_000_000);
    }

    boolean isHolding() {
        return go.hasQueuedThreads();
    }

    /// How many wait, as far as can be told.
    int waiting() {
        return go.getQueueLength();
    }

    @Override
    public String hash(Secret password) {
        return today + ":" + text(password);
    }

    @Override
    public boolean verify(String stored, Secret password) {
        seen.add(password);
        verified.add(price(stored));
        go.acquireUninterruptibly();
        return stored.equals(price(stored) + ":" + text(password));
    }

    @Override
    public boolean isWeaker(String stored) {
        return price(stored) < today;
    }

    @Override
    public String standInFor(String stored) {
        return price(stored) + ":\u0000";
    }

    @Override
    public String standIn() {
        return today + ":\u0000";
    }

    private static int price(String stored) {
        return Integer.parseInt(stored.substring(0, stored.indexOf(':')));
    }

    private static String text(Secret password) {
        return new String(password.reveal());
    }
}
