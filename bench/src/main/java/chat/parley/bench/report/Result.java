package chat.parley.bench.report;

import chat.parley.protocol.JsonLine;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.HdrHistogram.AbstractHistogram;

/// What one measurement found: named texts and numbers, in order.
public final class Result {

    private final SequencedMap<String, Object> facts = new LinkedHashMap<>();

    public Result with(String name, String text) {
        if (!text.isEmpty()) {
            facts.put(name, text);
        }
        return this;
    }

    public Result with(String name, long number) {
        facts.put(name, number);
        return this;
    }

    public Result with(String name, boolean yes) {
        facts.put(name, yes);
        return this;
    }

    public Result with(String name, double number) {
        facts.put(name, number);
        return this;
    }

    /// How long things took, of a histogram in microseconds: p50, p90, p99, p99.9 and the longest,
    /// in milliseconds.
    ///
    /// @param prefix stands before each name
    public Result withTimes(String prefix, AbstractHistogram micros) {
        return with(prefix + "p50-ms", micros.getValueAtPercentile(50) / 1e3)
                .with(prefix + "p90-ms", micros.getValueAtPercentile(90) / 1e3)
                .with(prefix + "p99-ms", micros.getValueAtPercentile(99) / 1e3)
                .with(prefix + "p99.9-ms", micros.getValueAtPercentile(99.9) / 1e3)
                .with(prefix + "max-ms", micros.getMaxValue() / 1e3);
    }

    /// All that another found, too.
    public Result withAll(Result other) {
        facts.putAll(other.facts);
        return this;
    }

    /// The number of this name.
    ///
    /// @throws IllegalArgumentException if there is none
    public double number(String name) {
        if (facts.get(name) instanceof Number number) {
            return number.doubleValue();
        }
        throw new IllegalArgumentException("no number " + name + " in " + json());
    }

    public boolean has(String name) {
        return facts.containsKey(name);
    }

    /// The text of this name; empty if there is none.
    public String text(String name) {
        return facts.get(name) instanceof String text ? text : "";
    }

    /// Whether this is so; false if nothing is said of it.
    public boolean is(String name) {
        return Boolean.TRUE.equals(facts.get(name));
    }

    /// Whether nothing was found that must not be.
    public boolean isSound() {
        return !Boolean.FALSE.equals(facts.get("sound"));
    }

    /// One line of JSON.
    public String json() {
        return facts.entrySet().stream()
                .map(fact -> JsonLine.quoted(fact.getKey()) + ":" + json(fact.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String json(Object value) {
        return switch (value) {
            case Double number -> rounded(number);
            case Number number -> number.toString();
            case Boolean yes -> yes.toString();
            default -> JsonLine.quoted(value.toString());
        };
    }

    /// Four digits are more than a measurement is worth; JSON has no NaN.
    private static String rounded(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return "null";
        }
        var digits = Math.clamp((int) (4 - Math.ceil(Math.log10(Math.abs(number) + 1e-9))), 0, 4);
        return String.format(Locale.ROOT, "%." + digits + "f", number);
    }

    /// One line for a person.
    public String human() {
        return facts.entrySet().stream().map(Result::human).collect(Collectors.joining(" "));
    }

    private static String human(Map.Entry<String, Object> fact) {
        var value =
                switch (fact.getValue()) {
                    case Double number when Math.abs(number) >= 10_000 ->
                            String.format(Locale.ROOT, "%,.0f", number);
                    case Double number -> rounded(number);
                    case Long number -> String.format(Locale.ROOT, "%,d", number);
                    case Object other -> other.toString();
                };
        return fact.getKey() + "=" + value;
    }
}
