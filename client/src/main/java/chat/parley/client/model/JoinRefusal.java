package chat.parley.client.model;

import chat.parley.protocol.Message;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What servers say no to a JOIN by: RFC 2812 3.2.1, what those of today have besides, and FAIL
/// (IRCv3 standard-replies).
public final class JoinRefusal {

    /// Of these only 403 and 477 are answers to something else, too, and nothing else goes to a
    /// channel that is asked for.
    private static final Set<String> NUMERICS =
            Set.of(
                    "403", "405", "407", "437", "448", "470", "471", "473", "474", "475", "476",
                    "477", "479", "480", "485", "489", "495", "520");

    private JoinRefusal() {}

    /// The channel that is refused; the first of several, as one that forwards (470) names the
    /// other after it.
    ///
    /// @param isAsked whether a JOIN of a channel of that name waits for its answer
    public static Optional<String> channel(Message message, Predicate<String> isAsked) {
        return names(message).filter(isAsked).findFirst();
    }

    private static Stream<String> names(Message message) {
        return isFail(message) || NUMERICS.contains(message.command())
                ? message.params().stream().skip(1)
                : Stream.empty();
    }

    static boolean isFail(Message message) {
        return message.command().equals("FAIL") && message.param(0).equals("JOIN");
    }
}
