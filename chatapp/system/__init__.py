"""Differences between operating systems, and system services that server and clients share."""
