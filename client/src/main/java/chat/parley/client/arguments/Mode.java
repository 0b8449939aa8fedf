package chat.parley.client.arguments;

import java.util.List;
import java.util.stream.Stream;

/// One thing the program does.
///
/// @param name the first word; empty for what it does without one
/// @param synopsis the words after it, as a person reads them
/// @param fewest words it cannot do without
/// @param most words it can take
/// @param words what the shell completes, word by word; the last also stands for those after it
/// @param summary half a line
/// @param about paragraphs; may be empty
/// @param own what is for this mode alone
/// @param shared what others have as well; told in the program's help
/// @param examples lines: a command, two spaces or more, what it does
public record Mode(
        String name,
        String synopsis,
        int fewest,
        int most,
        List<Completes> words,
        String summary,
        String about,
        List<Section> own,
        List<Section> shared,
        List<String> examples) {

    /// As many words as somebody cares to write.
    public static final int ANY = Integer.MAX_VALUE;

    public Mode {
        words = List.copyOf(words);
        own = List.copyOf(own);
        shared = List.copyOf(shared);
        examples = List.copyOf(examples);
    }

    /// All that it takes.
    public Stream<Option<?>> options() {
        return Stream.concat(own.stream(), shared.stream()).flatMap(Section::options);
    }

    /// `parley send TARGET [TEXT|-]`.
    public String usage(String program) {
        return (program + " " + name + " " + synopsis).strip().replaceAll(" +", " ");
    }
}
