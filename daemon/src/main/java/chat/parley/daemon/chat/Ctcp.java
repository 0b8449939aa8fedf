package chat.parley.daemon.chat;

/// CTCP: what clients ask each other inside a message. Pure.
public final class Ctcp {

    private static final String MARK = "\u0001";

    private Ctcp() {}

    /// Whether a text is CTCP other than ACTION, which is only speech.
    public static boolean isRequest(String text) {
        return text.startsWith(MARK) && !text.startsWith(MARK + "ACTION");
    }
}
