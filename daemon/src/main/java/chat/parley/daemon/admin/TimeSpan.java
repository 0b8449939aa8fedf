package chat.parley.daemon.admin;

import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A length of time on the command line: `30m`, `4h`, `3d`; a minute to 90 days.
final class TimeSpan implements ITypeConverter<Duration> {

    private static final Pattern SHAPE = Pattern.compile("([1-9][0-9]{0,5})\\s*([mhd])");
    private static final Duration LONGEST = Duration.ofDays(90);

    @Override
    public Duration convert(String text) {
        var found = SHAPE.matcher(text);
        if (found.matches()) {
            var count = Long.parseLong(found.group(1));
            var span =
                    switch (found.group(2)) {
                        case "m" -> Duration.ofMinutes(count);
                        case "h" -> Duration.ofHours(count);
                        default -> Duration.ofDays(count);
                    };
            if (span.compareTo(LONGEST) <= 0) {
                return span;
            }
        }
        throw new TypeConversionException("'" + text + "' is no time of 1m to 90d, such as 4h");
    }
}
