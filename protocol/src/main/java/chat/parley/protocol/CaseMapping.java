package chat.parley.protocol;

/// Which names are the same name: `CASEMAPPING=ascii`.
public final class CaseMapping {

    private CaseMapping() {}

    /// The name with A-Z as a-z; two names are the same when their folded forms are equal.
    public static String fold(String name) {
        for (var i = 0; i < name.length(); i++) {
            if (isUpper(name.charAt(i))) {
                return foldFrom(name, i);
            }
        }
        return name;
    }

    public static boolean same(String one, String other) {
        return fold(one).equals(fold(other));
    }

    private static String foldFrom(String name, int first) {
        var folded = name.toCharArray();
        for (var i = first; i < folded.length; i++) {
            if (isUpper(folded[i])) {
                folded[i] = (char) (folded[i] + ('a' - 'A'));
            }
        }
        return new String(folded);
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }
}
