package chat.parley.client.link;

/// What a person is told about a server that is not trusted, and what to do.
public final class Explanation {

    private Explanation() {}

    public static String of(ServerAddress server, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Trusted(var by) -> "trusted: " + by;
            case Verdict.Unknown(var key, var doubt) ->
                    "this server is not known: "
                            + doubt.why()
                            + "\n  its key is  "
                            + key
                            + "\n  If the daemon's admin gave you the same one, connect once on a"
                            + " terminal and accept it,\n  or give it: --fingerprint "
                            + key;
            case Verdict.Changed(var known, var presented, var where) ->
                    "the server's key has CHANGED; somebody may be listening in\n  known is    "
                            + known
                            + "  ("
                            + where
                            + ")\n  it shows    "
                            + presented
                            + "\n  Ask the daemon's admin which is right. If it is the new one:"
                            + " parley trust remove "
                            + server
                            + "\n  and connect again.";
            case Verdict.Refused(var key, var doubt) ->
                    "not trusted: "
                            + doubt.why()
                            + "\n  it shows    "
                            + key
                            + "\n  "
                            + doubt.next();
        };
    }
}
