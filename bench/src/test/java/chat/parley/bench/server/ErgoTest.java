package chat.parley.bench.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErgoTest {

    @TempDir private Path folder;

    private String program(String script) throws IOException {
        var file = Files.writeString(folder.resolve("ergo"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file.toString();
    }

    @Nested
    class A_program {

        @Test
        void is_Ergo_if_it_says_so() throws IOException {
            assertEquals("", new Ergo(program("echo ergo-2.15.0")).missing());
        }

        @Test
        void is_left_out_if_it_only_has_its_name() throws IOException {
            var molecules = new Ergo(program("echo ErgoSCF version 3.8.2"));

            assertTrue(molecules.missing().startsWith("apt-get install ergochat"));
        }

        @Test
        void is_left_out_if_it_says_nothing() throws IOException {
            assertTrue(new Ergo(program("exit 1")).missing().contains("ERGO="));
        }

        @Test
        void is_left_out_if_it_is_not_there() {
            assertTrue(new Ergo(folder.resolve("none").toString()).missing().contains("ERGO="));
        }
    }
}
