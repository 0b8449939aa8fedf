package chat.parley.daemon.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/// How some files look from outside: another stamp when one of them was written, replaced, given
/// another mode, or when a link on the way to it points elsewhere. A pure value.
///
/// @param looks one text for each file
record FileStamp(List<String> looks) {

    FileStamp {
        looks = List.copyOf(looks);
    }

    static FileStamp of(List<Path> files) {
        return new FileStamp(files.stream().map(FileStamp::look).toList());
    }

    /// The time of the last change of anything (ctime) cannot be set back, as cp -p does with the
    /// other; it is there on Unix.
    private static String look(Path file) {
        try {
            return Files.readAttributes(file, "unix:ino,dev,size,mode,ctime,lastModifiedTime")
                    .toString();
        } catch (UnsupportedOperationException | IllegalArgumentException _) {
            return elsewhere(file);
        } catch (IOException e) {
            return e.toString(); // not there, or not for us: that too may change
        }
    }

    private static String elsewhere(Path file) {
        try {
            var found = Files.readAttributes(file, BasicFileAttributes.class);
            return found.lastModifiedTime() + " " + found.size() + " " + found.fileKey();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
