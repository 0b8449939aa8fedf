package chat.parley.client;

/// `parley keyring store|remove`: the desktop's keyring keeps the password, so that nobody is
/// asked.
final class KeyringMode {

    private KeyringMode() {}

    static ExitCode run(Request.Keyring request, Surroundings around)
            throws Problem, InterruptedException {
        var connection = request.connection();
        var keyring =
                Keyring.in(around)
                        .orElseThrow(() ->
                                new Problem(
                                        ExitCode.REFUSED,
                                        "there is no keyring here: install secret-tool"
                                                + " (libsecret-tools)"));
        switch (request.action()) {
            case STORE -> {
                // Only what opens the account is kept: a wrong one would be tried each time.
                try (var admission =
                        Admission.withPassword(
                                connection.pastTheKeyring(), around, "parley-keyring")) {
                    admission.logIn().leave("");
                    keyring.store(connection, admission.password());
                }
                around.err().println("parley: the keyring keeps it; nobody is asked any more");
            }
            case REMOVE -> {
                keyring.remove(connection);
                around.err().println("parley: the keyring keeps nothing for this account");
            }
        }
        return ExitCode.DONE;
    }
}
