package chat.parley.client.arguments;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a command line says.
public sealed interface Given {

    /// @param of the mode to tell about; empty for all of it
    record Help(Optional<Mode> of) implements Given {}

    record Version() implements Given {}

    /// @param words those after the name of the mode
    record Asked(Mode mode, List<String> words, List<Setting> settings) implements Given {

        public Asked {
            words = List.copyOf(words);
            settings = List.copyOf(settings);
        }

        /// What stands for an option, the last one if it is there several times.
        public <T> Optional<T> value(Option<T> option) throws WrongUse {
            for (var setting : settings.reversed()) {
                if (setting.option().equals(option)) {
                    return Optional.of(option.reader().read(setting.as(), setting.text()));
                }
            }
            return Optional.empty();
        }

        public boolean has(Option<?> option) {
            return settings.stream().anyMatch(setting -> setting.option().equals(option));
        }

        /// Refuses options that exclude each other.
        public void atMostOne(Option<?>... options) throws WrongUse {
            var here = Stream.of(options).filter(this::has).map(Option::name).toList();
            if (here.size() > 1) {
                throw new WrongUse(String.join(" and ", here) + " exclude each other");
            }
        }

        /// Every text that stands for an option.
        public List<String> texts(Option<String> option) {
            return settings.stream()
                    .filter(setting -> setting.option().equals(option))
                    .map(Setting::text)
                    .toList();
        }
    }

    /// @param as the name it was called by
    record Setting(Option<?> option, String as, String text) {}
}
