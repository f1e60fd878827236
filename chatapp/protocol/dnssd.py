"""DNS service discovery: how a chat server is described to its network, and read from such descriptions.

    _ircs._tcp.local       PTR   Room 12._ircs._tcp.local
    Room 12._ircs…         SRV   port 5000 of lab.local
                           TXT   network=Room 12, pin=sha256:…
    lab.local              A, AAAA

Source  RFC 6763; RFC 6762 sections 6 to 11
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from chatapp.protocol.dns import (
    AAAA,
    ANY,
    PTR,
    RESPONSE,
    SRV,
    TXT,
    A,
    Name,
    Packet,
    Question,
    Record,
    Service,
    key,
    same,
)

TYPE: Name = ("_ircs", "_tcp", "local")
ALL_TYPES: Name = ("_services", "_dns-sd", "_udp", "local")
HOST_SECONDS = 120  # how long what depends on the host is to be believed
OTHER_SECONDS = 4500
INSTANCE_BYTES = 63
HOST_LABELS = 8  # of the name of a computer, at most


@dataclass(frozen=True, slots=True)
class Offer:
    """A chat server that can be found.

    Takes  instance: its name among others of its type; host: the first label of its computer's name
           network: what people see; fingerprint: of its certificate, 64 hexadecimal digits or nothing
    """

    instance: str
    host: str
    port: int
    addresses: tuple[str, ...]
    network: str = ""
    fingerprint: str = ""

    @property
    def name(self) -> Name:
        return (self.instance, *TYPE)

    @property
    def host_name(self) -> Name:
        return (self.host, "local")

    def renamed(self) -> Offer:
        """The same under the next name, when another server has this one. Source  RFC 6762 section 9"""
        stem, _, number = self.instance.rpartition(" (")
        count = int(number[:-1]) if stem and number.endswith(")") and number[:-1].isdecimal() else 1
        return replace(self, instance=fit(stem if count > 1 else self.instance, f" ({count + 1})"))

    def records(self) -> list[Record]:
        """All that describes it."""
        txt = {"txtvers": "1", "network": self.network}
        if self.fingerprint:
            txt["pin"] = f"sha256:{self.fingerprint}"
        return [
            Record(TYPE, PTR, self.name, OTHER_SECONDS),
            Record(ALL_TYPES, PTR, TYPE, OTHER_SECONDS),
            Record(self.name, SRV, Service(self.port, self.host_name), HOST_SECONDS, flush=True),
            Record(self.name, TXT, txt, OTHER_SECONDS, flush=True),
            *(
                Record(self.host_name, AAAA if ":" in address else A, address, HOST_SECONDS, flush=True)
                for address in self.addresses
            ),
        ]

    def announcement(self) -> Packet:
        """What is told unasked, and when something has changed."""
        return Packet(answers=tuple(self.records()), flags=RESPONSE)

    def goodbye(self) -> Packet:
        """The service ends; the computer's name and addresses stay. Source  RFC 6762 section 10.1"""
        own = [
            record for record in self.records() if record.type in (PTR, SRV, TXT) and record.name != ALL_TYPES
        ]
        return Packet(answers=tuple(replace(record, ttl=0) for record in own), flags=RESPONSE)

    def probe(self) -> Packet:
        """Has anybody this name?

        The answer is for everybody: of several programs that share the port on one computer only one would
        hear an answer that is sent to the asker alone. Source  RFC 6762 sections 8.1 and 15.2
        """
        claimed = tuple(replace(each, flush=False) for each in self.records() if same(each.name, self.name))
        return Packet(questions=(Question(self.name, ANY),), authorities=claimed)

    def answer(self, query: Packet) -> Packet | None:
        """The answer to a query of somebody else, None when it asks nothing that we know and it does not.

        Source  RFC 6762 sections 6 and 7.1 (known-answer suppression), RFC 6763 section 12 (additionals)
        """
        records = self.records()
        questions = {(question.type, key(question.name)) for question in query.questions}
        asked = [
            each
            for each in records
            if not questions.isdisjoint({(each.type, key(each.name)), (ANY, key(each.name))})
        ]
        news = [each for each in asked if not any(_is_known(each, known) for known in query.answers)]
        if query.is_response or not news:
            return None
        more = (
            [each for each in records if each not in asked and each.name != ALL_TYPES] if _lists(news) else []
        )
        return Packet(answers=tuple(news), additionals=tuple(more), flags=RESPONSE)

    def is_contested_by(self, packet: Packet) -> bool:
        """Whether somebody else answers to our name, with something else behind it."""
        mine = Service(self.port, self.host_name)
        return packet.is_response and any(
            record.type == SRV and same(record.name, self.name) and record.ttl and not _leads_to(record, mine)
            for record in packet.records
        )

    def loses_to(self, probe: Packet) -> bool:
        """Whether somebody who probes for our name at the same moment has it. Source  RFC 6762 section 8.2

        The data that is later in order wins.
        """
        rank = (self.port, key(self.host_name))
        return not probe.is_response and any(
            isinstance(record.data, Service)
            and same(record.name, self.name)
            and (record.data.port, key(record.data.target)) > rank
            for record in probe.authorities
        )


def query() -> Packet:
    """Who is there?"""
    return Packet(questions=(Question(TYPE, PTR),))


def about_chat(packet: Packet) -> Packet:
    """Only those records of a packet that can be about a chat server. What else is on a network is no small
    part, and would have to be looked through again with every packet that comes."""

    def matters(record: Record) -> bool:
        if record.type == PTR:
            return same(record.name, TYPE)
        if record.type in (SRV, TXT):
            return len(record.name) == len(TYPE) + 1 and same(record.name[1:], TYPE)
        return record.type in (A, AAAA) and len(record.name) <= HOST_LABELS

    return replace(
        packet,
        questions=(),
        answers=tuple(filter(matters, packet.answers)),
        authorities=(),
        additionals=tuple(filter(matters, packet.additionals)),
    )


def offers(packets: Iterable[Packet]) -> list[Offer]:
    """The servers that these packets together describe, by their names. What is not complete is left out."""
    instances: dict[Name, Name] = {}
    records: dict[Name, list[Record]] = {}
    for record in (record for packet in packets if packet.is_response for record in packet.records):
        records.setdefault(key(record.name), []).append(record)
        if record.type == PTR and same(record.name, TYPE) and isinstance(record.data, tuple) and record.data:
            if record.ttl:
                instances[key(record.data)] = record.data
            else:
                instances.pop(key(record.data), None)
    found = [_offer(name, records) for name in instances.values()]
    return sorted((offer for offer in found if offer), key=lambda offer: offer.instance.casefold())


def _offer(name: Name, records: Mapping[Name, Sequence[Record]]) -> Offer | None:
    """Args:
    records: By the key of their names, in the order in which they were heard.
    """
    about = [record for record in records.get(key(name), ()) if record.ttl]
    about.reverse()  # what was said last holds
    service = next((record.data for record in about if isinstance(record.data, Service)), None)
    if service is None or not service.target:
        return None
    txt = next((record.data for record in about if isinstance(record.data, dict)), {})
    addresses = [
        record.data
        for record in records.get(key(service.target), ())
        if record.ttl and isinstance(record.data, str)
    ]
    pin = txt.get("pin", "")
    return Offer(
        instance=name[0],
        host=service.target[0],
        port=service.port,
        addresses=tuple(dict.fromkeys(addresses)),
        network=txt.get("network", "") or name[0],
        fingerprint=pin.removeprefix("sha256:") if pin.startswith("sha256:") else "",
    )


def fit(text: str, end: str = "") -> str:
    """A text as a label: cut to what a label holds, with this end."""
    room = INSTANCE_BYTES - len(end.encode())
    return text.encode()[:room].decode(errors="ignore") + end


def _is_known(record: Record, known: Record) -> bool:
    """The asker has it, and will for at least half of its time."""
    return (
        record.type == known.type
        and same(record.name, known.name)
        and record.data == known.data
        and known.ttl * 2 >= record.ttl
    )


def _lists(records: Iterable[Record]) -> bool:
    return any(record.type in (PTR, SRV) and record.name != ALL_TYPES for record in records)


def _leads_to(record: Record, service: Service) -> bool:
    data = record.data
    return isinstance(data, Service) and data.port == service.port and same(data.target, service.target)
