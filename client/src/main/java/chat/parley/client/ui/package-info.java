/// What a person sees and types: text made harmless, lines, the prompt, slash commands, JLine.
///
/// [TerminalText] is the only way from the network to a terminal. [Screen] and [SlashCommands] are
/// pure; [Terminal] and its two kinds own the terminal. Nothing here knows sockets.
@NullMarked
package chat.parley.client.ui;

import org.jspecify.annotations.NullMarked;
