"""The language both sides speak: IRC with IRCv3. No socket, no thread, no file, no clock."""
