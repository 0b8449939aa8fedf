package chat.parley.client;

import chat.parley.client.model.SpeechRefusal;
import chat.parley.protocol.Capability;
import chat.parley.protocol.CaseMapping;
import chat.parley.protocol.Message;
import java.util.Set;

/// Waits for the daemon's word on one [Parcel]: the echo, or a refusal. For one thread.
final class Receipt {

    enum Answer {
        NONE,
        KEPT,
        REFUSED
    }

    private final Parcel parcel;
    private final String label;
    private final String me;
    private final boolean hasLabels;
    private String batch = ""; // of a labelled answer

    Receipt(Parcel parcel, String label, String me, Set<Capability> capabilities) {
        this.parcel = parcel;
        this.label = label;
        this.me = me;
        this.hasLabels = capabilities.contains(Capability.LABELED_RESPONSE);
    }

    Answer hear(Message heard) {
        var isAnswer =
                heard.tags().getOrDefault("label", "").equals(label)
                        || (!batch.isEmpty()
                                && heard.tags().getOrDefault("batch", "").equals(batch));
        if (heard.command().equals("BATCH") && heard.param(0).startsWith("+")) {
            return opened(heard, isAnswer);
        }
        if (heard.command().equals("PRIVMSG") && CaseMapping.same(heard.sourceName(), me)) {
            var isEcho =
                    hasLabels
                            ? isAnswer
                            : !parcel.isBatch()
                                    && heard.param(1).equals(parcel.text())
                                    && isThere(heard.param(0));
            return isEcho ? Answer.KEPT : Answer.NONE;
        }
        if (!hasLabels) {
            return SpeechRefusal.isOf(heard, parcel.target()) ? Answer.REFUSED : Answer.NONE;
        }
        var isRefusal =
                heard.command().equals("FAIL")
                        || heard.command().startsWith("4")
                        || heard.command().startsWith("5")
                        || heard.command().equals("ACK"); // and not echoed: it is not kept
        return isAnswer && isRefusal ? Answer.REFUSED : Answer.NONE;
    }

    private Answer opened(Message heard, boolean isAnswer) {
        if (!heard.param(1).equals("draft/multiline")) {
            if (isAnswer) {
                batch = heard.param(0).substring(1);
            }
            return Answer.NONE;
        }
        var isEcho =
                hasLabels
                        ? isAnswer
                        : parcel.isBatch()
                                && CaseMapping.same(heard.sourceName(), me)
                                && isThere(heard.param(2));
        return isEcho ? Answer.KEPT : Answer.NONE;
    }

    private boolean isThere(String target) {
        return CaseMapping.same(target, parcel.target());
    }
}
