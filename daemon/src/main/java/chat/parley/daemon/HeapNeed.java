package chat.parley.daemon;

import chat.parley.daemon.config.DaemonConfig;

/// What heap a configuration asks for; docs/OPERATING.md, "How much memory", has the same formula.
///
/// Hashing, sockets and the database's pages are not in the heap.
///
/// @param most bytes, if there were as many sessions as may be, and none of them read
/// @param least bytes for a tenth of the sessions that may be, and for as many that do not read as
///   one account may have, or a hundredth of all; with less it takes no crowd to use up the heap
record HeapNeed(long most, long least) {

    /// The daemon with nobody in it, and what is in the making.
    private static final double BASE = 40 << 20;

    /// Threads, TLS, buffers, what is known of a user.
    private static final double SESSION = 50_000;

    /// What a line of an open message takes besides its text.
    private static final double LINE = 250;

    /// One is filling while the writer has another in its hands.
    private static final double QUEUES = 2;

    static HeapNeed of(DaemonConfig.Limits limits) {
        var total = limits.connections().total();
        var deaf = Math.min(total, Math.max(limits.connections().perAccount(), total / 100));
        return new HeapNeed(
                forAll(limits, total, total), forAll(limits, Math.max(deaf, total / 10), deaf));
    }

    private static long forAll(DaemonConfig.Limits limits, int sessions, int deaf) {
        var multiline = limits.multiline();
        var session =
                SESSION
                        + limits.frame().bytes()
                        + limits.tags().bytes()
                        + multiline.bytes().bytes()
                        + LINE * multiline.lines();
        var queues =
                Math.min(
                        deaf * QUEUES * limits.sendQueue().bytes(),
                        (double) limits.sendQueueTotal());
        return (long) (BASE + sessions * session + queues);
    }
}
