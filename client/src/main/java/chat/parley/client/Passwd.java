package chat.parley.client;

import chat.parley.protocol.Secret;
import java.util.List;
import java.util.Optional;

/// `parley passwd`: a new password of one's own. The account's other sessions end.
final class Passwd {

    private Passwd() {}

    static ExitCode run(Request.Passwd request, Surroundings around)
            throws Problem, InterruptedException {
        try (var admission =
                Admission.withPassword(request.connection(), around, "parley-passwd")) {
            var entered = admission.enter();
            var session = entered.session();
            try (var wanted = NewPassword.from(request.connection(), around)) {
                var old =
                        entered.need() == Admission.Need.PASSWORD
                                ? Optional.<Secret>empty()
                                : Optional.of(shown(admission, around));
                Admission.change(session, old, wanted);
                keepInStep(request.connection(), wanted, around);
                around.err().println("parley: you have a new password; other sessions end");
                return ExitCode.DONE;
            } finally {
                session.leave("");
            }
        }
    }

    /// A keyring that has the old one gets the new one.
    private static void keepInStep(
            Request.Connection connection, Secret wanted, Surroundings around)
            throws Problem, InterruptedException {
        var keyring = Keyring.in(around);
        if (keyring.isEmpty()) {
            return;
        }
        var kept = keyring.get().find(connection, around);
        if (kept.isPresent()) {
            kept.get().close();
            keyring.get().store(connection, wanted);
        }
    }

    /// The password, and another code where the login asked for one: that of the login is used up.
    private static Secret shown(Admission admission, Surroundings around) throws Problem {
        if (!admission.dialer().wantsCode()) {
            return admission.password();
        }
        var code =
                Code.ask(around, "The next code of your app, or a recovery code: ")
                        .orElseThrow(() -> Problem.wrongUse("no code was given"));
        return Secret.join(List.of(admission.password().copy(), code));
    }
}
