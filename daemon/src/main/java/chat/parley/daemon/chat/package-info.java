/// Who is here and what is said: users, channels, and the conversations of two.
///
/// A [Channel] is a thread with an inbox; it alone touches its members and its topic, keeps each
/// message before anybody hears it, and then delivers to every [Recipient]. `command` asks
/// channels, `session` is the recipient; this package knows neither, and no socket.
///
/// [Directory] and [Channels] are shared tables, each with one lock that is a leaf.
@NullMarked
package chat.parley.daemon.chat;

import org.jspecify.annotations.NullMarked;
