package chat.parley.client.arguments;

import java.util.List;

/// What a shell can put in a place.
public sealed interface Completes {

    /// Something that only the person knows.
    record Nothing() implements Completes {}

    record Files() implements Completes {}

    record Hosts() implements Completes {}

    record Choices(List<String> words) implements Completes {

        public Choices {
            words = List.copyOf(words);
        }
    }

    static Completes nothing() {
        return new Nothing();
    }

    static Completes files() {
        return new Files();
    }

    static Completes hosts() {
        return new Hosts();
    }

    static Completes oneOf(String... words) {
        return new Choices(List.of(words));
    }
}
