"""The protocol that server and clients share: IRC with IRCv3. No sockets, threads, files or clock in here."""
