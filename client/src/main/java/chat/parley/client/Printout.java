package chat.parley.client;

import chat.parley.client.ui.Screen;
import chat.parley.client.ui.Theme;
import chat.parley.protocol.CaseMapping;

/// Where a mode that asks and ends puts messages: lines for a person, or objects for a program.
///
/// @param here the one place they can be of; empty if there are several
record Printout(Surroundings around, boolean asJson, String here) {

    /// False if nobody reads any more.
    boolean print(Utterance one) {
        var screen = new Screen(Theme.PLAIN, around.clock().getZone());
        around.out()
                .println(
                        asJson
                                ? one.json()
                                : one.forPerson(
                                        screen, CaseMapping.fold(here), around.clock().instant()));
        return !around.out().checkError();
    }
}
