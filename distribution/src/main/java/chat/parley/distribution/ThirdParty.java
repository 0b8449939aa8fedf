package chat.parley.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The jars that `THIRD-PARTY.md` has a row for: whose licence somebody has looked at.
record ThirdParty(Set<String> names) {

    /// `NAME-VERSION.jar`; a version begins with a digit.
    private static final Pattern JAR = Pattern.compile("(.+?)-[0-9].*\\.jar");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]+");

    ThirdParty {
        names = Set.copyOf(names);
    }

    static ThirdParty in(Path table) throws IOException {
        try (var lines = Files.lines(table)) {
            return new ThirdParty(
                    lines.filter(line -> line.startsWith("| "))
                            .map(line -> line.split("\\|", -1)[1])
                            .flatMap(jars -> NAME.matcher(jars).results())
                            .map(found -> found.group())
                            .collect(Collectors.toSet()));
        }
    }

    /// Whether a jar of this name may be packed: ours, or one with a row.
    boolean knows(String jar) {
        var parts = JAR.matcher(jar);
        return isOurs(jar) || (parts.matches() && names.contains(parts.group(1)));
    }

    static boolean isOurs(String jar) {
        return jar.matches("parley-(protocol|daemon|client)-[0-9].*\\.jar");
    }
}
