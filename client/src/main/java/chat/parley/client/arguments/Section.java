package chat.parley.client.arguments;

import java.util.List;
import java.util.stream.Stream;

/// Options that belong together.
///
/// @param title ends the line it stands on
/// @param before prose between the title and the items; may be empty
/// @param after prose behind them; may be empty
public record Section(String title, String before, List<Item> items, String after) {

    public Section {
        items = List.copyOf(items);
    }

    public static Section of(String title, Item... items) {
        return new Section(title, "", List.of(items), "");
    }

    public Stream<Option<?>> options() {
        return items.stream()
                .flatMap(item ->
                        switch (item) {
                            case Option<?> option -> Stream.<Option<?>>of(option);
                            case Variable _ -> Stream.empty();
                        });
    }
}
