package chat.parley.client.ui;

/// How things are shown to this person on this terminal.
///
/// @param hasStatus whether there is a row about the link and what is new elsewhere
public record Look(Screen screen, Notices notices, boolean hasStatus) {}
