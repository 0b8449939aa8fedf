package chat.parley.protocol;

/// The names of metadata keys (IRCv3 metadata, "Keys and Values").
public final class MetadataKey {

    private MetadataKey() {}

    /// "Key names are restricted to the ranges `a-z`, `0-9`, and `_./-`."
    ///
    /// @param longest in bytes, which here are characters
    public static boolean isKey(String text, ByteSize longest) {
        return !text.isEmpty()
                && text.length() <= longest.bytes()
                && text.chars().allMatch(MetadataKey::mayStand);
    }

    private static boolean mayStand(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '-' && c <= '9') || c == '_';
    }
}
