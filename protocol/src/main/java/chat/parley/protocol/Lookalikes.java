package chat.parley.protocol;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Which names could be taken for others. Pure.
///
/// Unicode TS 39, 5.2: the letters of a name are of one script, or of scripts that are written
/// together ("Highly Restrictive", but no Latin beside others); 4: a name wholly of letters that
/// look like Latin ones is as bad. Letters that are only another shape of a letter (full width,
/// mathematical) are in no name.
final class Lookalikes {

    /// Small letters of Cyrillic and Greek that cannot be told from Latin ones (Unicode TS 39,
    /// confusables.txt; the ones in daily use).
    private static final String LIKE_LATIN = "аеорсухіјѕһԁԛԝҽցոսοναιρυχϲϳ";

    private static final List<Set<UnicodeScript>> WRITTEN_TOGETHER =
            List.of(
                    EnumSet.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA),
                    EnumSet.of(UnicodeScript.HAN, UnicodeScript.HANGUL),
                    EnumSet.of(UnicodeScript.HAN, UnicodeScript.BOPOMOFO));

    private Lookalikes() {}

    /// Whether nobody would take the name for another one.
    static boolean isPlain(String name) {
        return Normalizer.isNormalized(name, Normalizer.Form.NFKC)
                && isOfOneScript(name)
                && !looksLatin(name);
    }

    private static boolean isOfOneScript(String name) {
        var scripts = EnumSet.noneOf(UnicodeScript.class);
        name.codePoints().mapToObj(UnicodeScript::of).forEach(scripts::add);
        scripts.removeAll(EnumSet.of(UnicodeScript.COMMON, UnicodeScript.INHERITED));
        return scripts.size() <= 1
                || WRITTEN_TOGETHER.stream().anyMatch(together -> together.containsAll(scripts));
    }

    private static boolean looksLatin(String name) {
        var letters =
                name.codePoints().filter(Character::isLetter).map(Character::toLowerCase).toArray();
        return letters.length > 0
                && Arrays.stream(letters).allMatch(c -> LIKE_LATIN.indexOf(c) >= 0);
    }
}
