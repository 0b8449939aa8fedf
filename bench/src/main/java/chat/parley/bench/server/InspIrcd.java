package chat.parley.bench.server;

import chat.parley.bench.crowd.LoginWay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// InspIRCd, from Debian, with GnuTLS as Debian builds it.
public final class InspIrcd implements Launcher {

    @Override
    public String name() {
        return "inspircd";
    }

    @Override
    public String missing() {
        return Programs.find("inspircd").isPresent() ? "" : "apt-get install inspircd";
    }

    @Override
    public Server start(Path work, int sessions) throws IOException, InterruptedException {
        Programs.makeCertificate(work);
        var program = Programs.find("inspircd").orElseThrow().toString();
        var port = Server.freePort();
        var config = Files.writeString(work.resolve("inspircd.conf"), config(work, port));
        var command = new ArrayList<>(List.of(program, "--nofork", "--config", config.toString()));
        if (Files.getOwner(work).getName().equals("root")) {
            command.add("--runasroot");
        }
        return Server.start(
                new Server.Launch(
                        name(),
                        Programs.output(List.of(program, "--version"))
                                .strip()
                                .replaceAll("^InspIRCd-([0-9.]+).*", "$1"),
                        port,
                        LoginWay.NONE,
                        command,
                        work,
                        work.resolve("inspircd.log")));
    }

    private static String config(Path work, int port) {
        return """
        <config format="xml">
        <server name="bench.example.net" description="bench" network="Bench" id="00B">
        <admin name="bench" nick="bench" email="bench@example.net">
        <path configdir="%1$s" datadir="%1$s" logdir="%1$s">
        <pid file="%1$s/inspircd.pid">
        <log method="file" type="* -USERINPUT -USEROUTPUT" level="default" target="%1$s/inspircd.events">
        <module name="ssl_gnutls">
        <sslprofile name="Clients" provider="gnutls" certfile="%1$s/peer.crt" keyfile="%1$s/peer.key"
          requestclientcert="no">
        <bind address="127.0.0.1" port="%2$d" type="clients" sslprofile="Clients">
        <connect name="bench" allow="*" timeout="600" pingfreq="600" limit="100000" localmax="100000"
          globalmax="100000" maxconnwarn="no" softsendq="%3$d" hardsendq="%3$d" recvq="1M"
          threshold="1000000" commandrate="1000000000" fakelag="no" maxchans="100"
          resolvehostnames="no" useident="no" useconnectban="no" useconnflood="no" usednsbl="no">
        <performance softlimit="100000" somaxconn="4096" netbuffersize="65534" clonesonconnect="no">
        <options announcets="no" hidemodes="" maxtargets="20">
        """
                .formatted(work, port, SEND_QUEUE);
    }
}
