package chat.parley.client;

/// `parley keyring store|remove`: the desktop's keyring keeps the password, so that nobody is
/// asked.
final class KeyringMode {

    private KeyringMode() {}

    static ExitCode store(Request.Connection connection, Surroundings around)
            throws Problem, InterruptedException {
        var keyring = keyring(around);
        // Only what opens the account is kept: a wrong one would be tried each time.
        try (var admission =
                Admission.withPassword(connection.pastTheKeyring(), around, "parley-keyring")) {
            admission.logIn().leave("");
            keyring.store(connection, admission.password());
        }
        around.err().println("parley: the keyring keeps it; nobody is asked any more");
        return ExitCode.DONE;
    }

    static ExitCode remove(Request.Connection connection, Surroundings around)
            throws Problem, InterruptedException {
        keyring(around).remove(connection);
        around.err().println("parley: the keyring keeps nothing for this account");
        return ExitCode.DONE;
    }

    private static Keyring keyring(Surroundings around) throws Problem {
        return Keyring.in(around)
                .orElseThrow(() ->
                        new Problem(
                                ExitCode.REFUSED,
                                "there is no keyring here: install secret-tool (libsecret-tools);"
                                        + " on macOS security is part of the system"));
    }
}
