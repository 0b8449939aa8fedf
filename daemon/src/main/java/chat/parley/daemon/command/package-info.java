/// What a peer that has logged in can ask: a table of commands, and a handler for each.
///
/// [CommandTable] holds the rules that stand before any command runs: known, allowed, enough
/// parameters. A handler runs on the session's reader, asks channels, and answers through its
/// [Reply], which makes labels and batches right without any handler knowing. Handlers touch no
/// queue, no socket and no database.
@NullMarked
package chat.parley.daemon.command;

import org.jspecify.annotations.NullMarked;
