package chat.parley.client.ui;

import chat.parley.client.model.Line;
import chat.parley.client.model.Model;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The linear stream: lines one after another, and a line for the day wherever the day changes.
///
/// Belongs to one thread.
public final class Transcript {

    private final Screen screen;
    private LocalDate day;

    /// @param now the day of the first line, which needs not be said
    public Transcript(Screen screen, Instant now) {
        this.screen = screen;
        this.day = screen.dayOf(now);
    }

    /// @param here the folded name of where one is
    public List<Printed> next(Line line, String here) {
        var printed = new ArrayList<Printed>();
        dayOf(line)
                .filter(other -> !other.equals(day))
                .ifPresent(other -> {
                    day = other;
                    printed.add(screen.day(other));
                });
        printed.add(screen.line(line, here));
        return printed;
    }

    public Printed prompt(Model model) {
        return screen.prompt(model);
    }

    private Optional<LocalDate> dayOf(Line line) {
        return switch (line) {
            case Line.Said said -> Optional.of(screen.dayOf(said.at()));
            case Line.Happened happened -> Optional.of(screen.dayOf(happened.at()));
            case Line.Note _, Line.Trouble _ -> Optional.empty();
        };
    }
}
