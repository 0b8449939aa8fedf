package chat.parley.daemon.chat;

import chat.parley.protocol.CaseMapping;

/// A pattern that people match: `nick!user@host` with `*` and `?`, or an extended ban: `a:account`
/// (IRCv3 account-extban), and `m:` before either, which only silences.
///
/// @param text as it is shown; equal masks have equal folded texts
public record Mask(String text) {

    /// As people type it: a nick alone, or `user@host` alone, stands for the whole.
    public static Mask of(String given) {
        if (given.startsWith("m:")) {
            return new Mask("m:" + of(given.substring(2)).text);
        }
        if (given.startsWith("a:")) {
            return new Mask(given);
        }
        var bang = given.indexOf('!');
        var at = given.indexOf('@', Math.max(bang, 0));
        if (bang < 0 && at < 0) {
            return new Mask(given + "!*@*");
        }
        if (bang < 0) {
            return new Mask("*!" + given);
        }
        return at < 0 ? new Mask(given + "@*") : new Mask(given);
    }

    /// Whether it only keeps people from speaking.
    public boolean isMute() {
        return text.startsWith("m:");
    }

    public boolean matches(User user) {
        var pattern = isMute() ? text.substring(2) : text;
        return pattern.startsWith("a:")
                ? matches(pattern.substring(2), user.account())
                : matches(pattern, user.source());
    }

    public boolean isSame(Mask other) {
        return CaseMapping.same(text, other.text);
    }

    /// Whether the pattern fits the whole text, without regard to case. Takes at most the product
    /// of both lengths, whatever the pattern.
    public static boolean matches(String pattern, String text) {
        return matches(
                CaseMapping.fold(pattern).codePoints().toArray(),
                CaseMapping.fold(text).codePoints().toArray());
    }

    /// In code points, as `?` is one character, also outside the BMP.
    private static boolean matches(int[] pattern, int[] text) {
        var p = 0;
        var t = 0;
        var star = -1; // the last star seen, and where the text stood then
        var resume = 0;
        while (t < text.length) {
            if (p < pattern.length
                    && pattern[p] != '*'
                    && (pattern[p] == '?' || pattern[p] == text[t])) {
                p++;
                t++;
            } else if (p < pattern.length && pattern[p] == '*') {
                star = p++;
                resume = t;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length && pattern[p] == '*') {
            p++;
        }
        return p == pattern.length;
    }
}
