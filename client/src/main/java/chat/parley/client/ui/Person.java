package chat.parley.client.ui;

/// What a terminal notices of the person before anything is entered. Called by the typist, under
/// the terminal's lock: nothing here may wait.
public interface Person {

    /// The text that is being typed is another.
    void types(String text);

    /// The window came to the front, or a key was touched.
    void looks();

    /// One wants to see what was before the oldest line on the screen.
    void wantsOlder();

    /// Go to this place.
    void goesTo(String place);
}
