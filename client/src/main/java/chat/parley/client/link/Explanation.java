package chat.parley.client.link;

/// What a person is told about a server that is not trusted, and what to do.
public final class Explanation {

    private Explanation() {}

    public static String of(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Trusted _ -> "trusted";
            case Verdict.Unknown(var key, var why) ->
                    "this server is not known: "
                            + why
                            + "\n  its key is  "
                            + key
                            + "\n  If the daemon's admin gave you the same one, connect once on a"
                            + " terminal and accept it,\n  or give it: --pin "
                            + key;
            case Verdict.Changed(var known, var presented) ->
                    "the server's key has CHANGED; somebody may be listening in\n  known is    "
                            + known
                            + "\n  it shows    "
                            + presented
                            + "\n  Ask the daemon's admin. If the new key is right, remove the old"
                            + " line from known_servers.";
            case Verdict.Refused(var key, var why) ->
                    "not trusted: " + why + "\n  it shows    " + key;
        };
    }
}
