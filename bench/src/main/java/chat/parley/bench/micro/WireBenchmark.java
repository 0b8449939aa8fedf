package chat.parley.bench.micro;

import chat.parley.protocol.Message;
import chat.parley.protocol.MessageParser;
import chat.parley.protocol.MessagePrinter;
import chat.parley.protocol.Parsed;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// A line to a message and back.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WireBenchmark {

    @Param({"plain", "tagged"})
    private String kind = "plain";

    private String line = "";
    private Message message = Message.of("PING");

    @Setup
    public void prepare() {
        var said = "PRIVMSG #tea :" + "x".repeat(128);
        line = kind.equals("plain") ? said : "@label=42;+draft/reply=a1-b2;+typing=done " + said;
        if (!(MessageParser.parse(line) instanceof Parsed.Good(var parsed))) {
            throw new IllegalStateException("no message: " + line);
        }
        message = parsed;
    }

    @Benchmark
    public Parsed parse() {
        return MessageParser.parse(line);
    }

    @Benchmark
    public byte[] print() {
        return MessagePrinter.bytes(message);
    }
}
