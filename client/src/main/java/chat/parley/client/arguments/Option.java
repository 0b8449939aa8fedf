package chat.parley.client.arguments;

import java.util.List;

/// One option: all that there is to know about it.
///
/// @param names short and long, as they are written; the last is the one it is known by
/// @param value what stands for its value in the help; empty if it takes none
/// @param reader pure: it is asked as often as somebody wants to know
/// @param <T> what the value is read as
public record Option<T>(
        List<String> names, String value, Completes completes, Reader<T> reader, String help)
        implements Item {

    /// The text of a value to what it means.
    public interface Reader<T> {

        /// @param name of the option, for the sentence
        T read(String name, String given) throws WrongUse;
    }

    public Option {
        names = List.copyOf(names);
    }

    public static Option<Boolean> flag(String names, String help) {
        return new Option<>(split(names), "", Completes.nothing(), (_, _) -> true, help);
    }

    public static <T> Option<T> of(String names, String value, Reader<T> reader, String help) {
        return new Option<>(split(names), value, Completes.nothing(), reader, help);
    }

    /// The same with something for the shell to complete.
    public Option<T> completing(Completes what) {
        return new Option<>(names, value, what, reader, help);
    }

    public String name() {
        return names.getLast();
    }

    public boolean takesValue() {
        return !value.isEmpty();
    }

    @Override
    public String head() {
        // Long names line up, whether or not there is a short one before them.
        var shown = String.join(", ", names);
        return takesValue() ? shown + " " + value : shown;
    }

    private static List<String> split(String names) {
        return List.of(names.split(", ", -1));
    }
}
