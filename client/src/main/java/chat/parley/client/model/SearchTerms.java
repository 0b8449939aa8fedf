package chat.parley.client.model;

/// How what is looked for is written in a SEARCH (soju.im/search).
public final class SearchTerms {

    private SearchTerms() {}

    /// As the values of message tags are: IRCv3 message-tags, "Escaping values".
    public static String value(String text) {
        return text.replace("\\", "\\\\")
                .replace(";", "\\:")
                .replace(" ", "\\s")
                .replace("\r", "\\r")
                .replace("\n", "\\n");
    }
}
