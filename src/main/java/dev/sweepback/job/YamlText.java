package dev.sweepback.job;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the text of a file, if it can be YAML at all. */
final class YamlText {

    static final int LARGEST = 1 << 20;

    private YamlText() {}

    static Optional<String> read(Path path, Findings findings) {
        byte[] bytes;
        // opening anything else may wait for ever, or never end
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            findings.add(Place.WHOLE, "no regular file", "a file", "is it a pipe, or a folder?");
            return Optional.empty();
        }
        try (InputStream input = Files.newInputStream(path)) {
            // one byte more tells a file that is too large, without reading all of it
            bytes = input.readNBytes(LARGEST + 1);
        } catch (NoSuchFileException e) {
            findings.add(Place.WHOLE, "the file is missing", "a file", "create it, or name another");
            return Optional.empty();
        } catch (IOException e) {
            findings.add(Place.WHOLE, "the file cannot be read", "a readable file", "check its type and permissions");
            return Optional.empty();
        }
        if (bytes.length > LARGEST) {
            findings.add(Place.WHOLE, "the file is larger than 1 MiB", "a small YAML file", "is it the right file?");
            return Optional.empty();
        }
        CharBuffer characters = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), characters, true);
        String text = characters.flip().toString();
        if (!result.isUnderflow()) {
            findings.add(end(text), "a byte that is not UTF-8", "text in UTF-8", "save the file again as UTF-8");
            return Optional.empty();
        }
        return plain(text, findings) ? Optional.of(text) : Optional.empty();
    }

    private static Place end(String text) {
        int line = 1 + (int) text.chars().filter(character -> character == '\n').count();
        return new Place(line, text.length() - text.lastIndexOf('\n'));
    }

    private static boolean plain(String text, Findings findings) {
        int line = 1;
        int column = 0;
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            column++;
            if (character == '\n') {
                line++;
                column = 0;
            } else if (character == '\t') {
                findings.add(new Place(line, column), "a tab", "spaces", "indent with spaces");
                return false;
            } else if (character < ' ' && character != '\r') {
                findings.add(new Place(line, column), "a control character", "text in UTF-8", "is it a binary file?");
                return false;
            }
        }
        if (text.isBlank()) {
            findings.add(
                    Place.WHOLE, "the file is empty", "apiVersion, kind and the rest", "write it, or remove the file");
            return false;
        }
        return true;
    }
}
