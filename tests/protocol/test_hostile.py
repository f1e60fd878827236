"""Every parser of data from a peer, with random data: it accepts them, or raises the documented exception."""

from __future__ import annotations

from collections.abc import Callable

from chatapp.protocol import dns, dnssd, isupport, names, numbers, scram, timestamps
from chatapp.protocol.credentials import FEWEST_ROUNDS, Credentials
from chatapp.protocol.dnssd import Offer
from chatapp.protocol.invite_links import BadInvite, Invite
from chatapp.protocol.lines import LineBuffer
from chatapp.protocol.message import MalformedMessage, Message, cut, middle, pack, parse_tags
from chatapp.protocol.sasl import Plain, Response, SaslError, read_external
from tests.protocol.hostile import ParserTest, blocks, texts

COUNT = 4000
HELLO = scram.Hello("ann", "nonce")
LOGIN = scram.ScramClient.read(HELLO.message)
CHALLENGE = LOGIN.challenge(Credentials.make("sesame", b"salt" * 4, FEWEST_ROUNDS), "more")
PROOF = scram.Proof(b"", b"x" * 32)
OFFER = Offer("Chatapp on laptop", "laptop-01234567", 5000, ("192.0.2.1", "fe80::1"), "Chatapp", "0" * 64)


class Parsers(ParserTest):
    def test_texts(self) -> None:
        readers: dict[Callable[[str], object], tuple[type[Exception], ...]] = {
            Message.parse: (MalformedMessage,),
            parse_tags: (),
            middle: (),
            lambda text: cut(_wired(text), 10): (),
            lambda text: list(pack(_wired(text).split(), 10)): (),
            lambda text: isupport.parse(text.split()): (),
            isupport.prefixes: (),
            names.fold: (),
            names.normalize: (),
            names.is_nick: (),
            names.is_channel: (),
            names.full_mask: (),
            names.Source.parse: (),
            lambda text: names.matches(text, "ann!a@b"): (),
            lambda text: names.matches("*!*@b", text): (),
            numbers.parse_whole: (),
            timestamps.parse_seconds: (),
            timestamps.parse_criterion_seconds: (),
            lambda text: Response().feed(_wired(text)): (SaslError,),
            Credentials.parse: (ValueError,),
            Invite.parse: (BadInvite,),
        }
        link = "ircs://chat.example:5000/general?pin=sha256:" + "0" * 64
        samples = ("SCRAM-SHA-256$100000:AAAA$AAAA:AAAA", link)
        for text in texts(1, COUNT, samples):
            for read, documented in readers.items():
                self.assertReads(read, text, *documented)

    def test_valid_links_are_the_same_after_writing_and_reading(self) -> None:
        samples = ("ircs://chat.example", "irc://[::1]:5000", "ircs://a/b,c?pin=sha256:" + "0" * 64)
        for text in texts(2, COUNT, samples):
            try:
                link = Invite.parse(text)
            except BadInvite:
                continue
            self.assertEqual(Invite.parse(str(link)), link, text)

    def test_bytes(self) -> None:
        readers: dict[Callable[[bytes], object], tuple[type[Exception], ...]] = {
            lambda data: LineBuffer().feed(data): (),
            dns.parse: (dns.MalformedPacket,),
            Plain.read: (SaslError,),
            read_external: (SaslError,),
            scram.ScramClient.read: (SaslError,),
            CHALLENGE.check: (SaslError,),
            HELLO.read: (SaslError,),
            PROOF.check: (SaslError,),
        }
        samples = (
            dns.build(OFFER.announcement()),
            dns.build(dnssd.query()),
            b"\0ann\0sesame",
            HELLO.message,
            CHALLENGE.message,
            b"c=biws,r=noncemore,p=" + b"A" * 43 + b"=",
            b"c=biws,r=noncemore,p=AAAA",
            b"v=AAAA",
            b"r=noncex,s=A,i=4096",
            b"r=noncex,s=AA==,i=" + b"9" * 5000,
        )
        for data in blocks(3, COUNT, samples):
            for read, documented in readers.items():
                self.assertReads(read, data, *documented)

    def test_valid_packets_can_be_processed(self) -> None:
        offered = dns.build(OFFER.announcement())
        asked = dns.build(dnssd.query())
        probed = dns.build(OFFER.probe())
        for data in blocks(4, COUNT, (offered, asked, probed)):
            try:
                packet = dns.parse(data)
            except dns.MalformedPacket:
                continue
            uses = (OFFER.answer, OFFER.conflicts_with, OFFER.loses_tie_to, lambda each: dnssd.offers([each]))
            for use in uses:
                self.assertReads(use, dnssd.only_chat_records(packet))
                self.assertReads(use, packet)
            self.assertReads(dns.build, packet)


def _wired(text: str) -> str:
    """Return the text as it would be received: valid UTF-8, without lone surrogates."""
    return text.encode(errors="replace").decode()
