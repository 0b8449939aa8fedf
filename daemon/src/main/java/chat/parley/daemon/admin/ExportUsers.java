package chat.parley.daemon.admin;

import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.store.Certificates.Bound;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `parley-user export`: accounts as [AccountLine]s, for scripts and for `import`.
@Command(
        name = "export",
        description = {
            "Prints all accounts as lines of JSON, for programs and for import; nothing secret"
                    + " unless asked for.",
            "",
            "With --with-hashes it prints all that import needs to make the same accounts elsewhere:"
                    + " the passwords' hashes, the keys of authenticator apps and the hashes of"
                    + " recovery codes. Whoever has these can guess the passwords at leisure, and has"
                    + " the second factors. So write them to a file with mode 600 (umask 077), carry"
                    + " it encrypted, and delete it. Not through a pipe: what reads from it may keep"
                    + " it, and import cannot know that what it got is all there was; not to a"
                    + " terminal, which remembers it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  parley-user export | jq -r .name",
            "  (umask 077; exec scripts/parley-user export --with-hashes > accounts.jsonl)",
            "  parley-user import < accounts.jsonl       on the other machine"
        })
final class ExportUsers implements Callable<Integer> {

    private final UserTool tool;

    @Option(
            names = "--with-hashes",
            description = "with the hashes, and keys of second factors: see above")
    private boolean hashes;

    ExportUsers(UserTool tool) {
        this.tool = tool;
    }

    @Override
    public Integer call() throws ConfigProblem, IOException {
        var desk = tool.open();
        var out = tool.streams().out();
        var secondFactors = desk.totp();
        var withOne = secondFactors.all();
        for (var account : desk.accounts().list()) {
            out.println(
                    AccountLine.of(
                            account,
                            desk.certificates().of(account.name()).stream()
                                    .map(Bound::fingerprint)
                                    .toList(),
                            withOne.contains(account.folded())
                                    ? secondFactors.of(account.name())
                                    : Optional.empty(),
                            hashes));
        }
        if (out.checkError()) {
            return tool.refuse("not all could be written: what there is now is no whole export");
        }
        return UserTool.DONE;
    }
}
