package chat.parley.daemon.chat;

/// CTCP: what clients ask each other inside a message. Pure.
public final class Ctcp {

    private static final String MARK = "\u0001";

    private Ctcp() {}

    /// Whether a text is CTCP other than ACTION, which is only speech. Of several lines each is
    /// looked at, as some hear each as a message.
    ///
    /// @param text as [Lines] has it
    public static boolean isRequest(String text) {
        return text.contains(MARK)
                && Lines.of(text).stream()
                        .map(Lines.Line::text)
                        .anyMatch(
                                line -> line.startsWith(MARK) && !line.startsWith(MARK + "ACTION"));
    }
}
