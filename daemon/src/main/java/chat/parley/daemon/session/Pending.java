package chat.parley.daemon.session;

import chat.parley.daemon.chat.Request;
import org.jspecify.annotations.Nullable;

/// What a session has asked and not waited for yet. Belongs to its reader.
///
/// Requests to one place may follow each other without waiting, as they are settled in order; that
/// is how a fast speaker's messages are kept and delivered in batches.
final class Pending {

    private @Nullable Object place; // last turned to
    private Request.@Nullable Settled asked;

    void turnTo(Object next) throws InterruptedException {
        if (!next.equals(place)) {
            settle();
            place = next;
        }
    }

    void follow(Request.Settled request) {
        asked = request;
    }

    void settle() throws InterruptedException {
        if (asked != null) {
            asked.await(); // requests to one place are settled in order: the last is enough
            asked = null;
        }
    }
}
