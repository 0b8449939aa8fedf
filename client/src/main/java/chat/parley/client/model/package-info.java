/// What the client knows and how that changes: values and one pure function, [Update].
///
/// The lowest floor. No threads, sockets, clocks or terminals: time comes in with an [Event], what
/// is to be done comes out as an [Effect]. Texts from the network stand here as they came; whoever
/// shows one makes it harmless first (`ui.TerminalText`). The model belongs to the thread that runs
/// the conversation; as it never changes, any thread may look at one.
@NullMarked
package chat.parley.client.model;

import org.jspecify.annotations.NullMarked;
