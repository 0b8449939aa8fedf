/// The admin's tools, each a program of its own: accounts, and the development certificate.
///
/// They run beside a daemon or without one, and meet it only in its files. Nothing else imports
/// this package; what a tool prints is read by people and scripts, so its form and its exit codes
/// stay.
@NullMarked
package chat.parley.daemon.admin;

import org.jspecify.annotations.NullMarked;
