"""DNS service discovery: describes a chat server to its network, and reads such descriptions.

    _ircs._tcp.local       PTR   Room 12._ircs._tcp.local
    Room 12._ircs…         SRV   port 5000 of lab.local
                           TXT   network=Room 12, pin=sha256:…, people=12, access=everyone, by=ana
    lab.local              A, AAAA

The keys of the TXT record, all of which may be absent or wrong: anybody on the network can announce anything.

    network   the name of the chat
    pin       SHA-256 of the certificate; absent without TLS
    people    how many people are connected
    access    who may connect: everyone, invite (guests need an invite code) or accounts
    by        the name of an owner

Source: RFC 6763; RFC 6762 sections 6 to 11.
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
    is_same_name,
    name_key,
)
from chatapp.protocol.numbers import parse_whole
from chatapp.protocol.server_access import read_access

TYPE: Name = ("_ircs", "_tcp", "local")
ALL_TYPES: Name = ("_services", "_dns-sd", "_udp", "local")
HOST_SECONDS = 120  # TTL of records that depend on the host: RFC 6762 section 10
OTHER_SECONDS = 4500  # TTL of all other records
LABEL_BYTES = 63
PEOPLE_DIGITS = 6  # of the number of people that are read
HOST_LABELS = 8  # the largest number of labels in the name of a computer


@dataclass(frozen=True, slots=True)
class Offer:
    """A chat server on the local network.

    Attributes:
        instance: Its service instance name, unique on the network.
        host: The first label of its computer's name.
        network: The name of the chat that users see.
        fingerprint: SHA-256 of its certificate, 64 hexadecimal digits; empty without TLS.
        people: How many people are connected; None if it does not say.
        access: Who may connect: everyone, invite or accounts; empty if it does not say.
        owner: The name of an owner; empty if it does not say.
    """

    instance: str
    host: str
    port: int
    addresses: tuple[str, ...]
    network: str = ""
    fingerprint: str = ""
    people: int | None = None
    access: str = ""
    owner: str = ""

    @property
    def name(self) -> Name:
        return (self.instance, *TYPE)

    @property
    def host_name(self) -> Name:
        return (self.host, "local")

    def renamed(self) -> Offer:
        """Return the same server under the next name, `Chat (2)` after `Chat` (RFC 6762 section 9)."""
        stem, _, number = self.instance.rpartition(" (")
        count = int(number[:-1]) if stem and number.endswith(")") and number[:-1].isdecimal() else 1
        return replace(self, instance=fit_label(stem if count > 1 else self.instance, f" ({count + 1})"))

    def records(self) -> list[Record]:
        """Return all records that describe it."""
        txt = {"txtvers": "1", "network": self.network}
        if self.fingerprint:
            txt["pin"] = f"sha256:{self.fingerprint}"
        if self.people is not None:
            txt["people"] = str(self.people)
        txt |= {key: value for key, value in (("access", self.access), ("by", self.owner)) if value}
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
        """Return the packet that announces it, at the start and after a change."""
        return Packet(answers=tuple(self.records()), flags=RESPONSE)

    def goodbye(self) -> Packet:
        """Return the packet that withdraws the service but not the computer's addresses (RFC 6762, 10.1)."""
        own = [
            record for record in self.records() if record.type in (PTR, SRV, TXT) and record.name != ALL_TYPES
        ]
        return Packet(answers=tuple(replace(record, ttl=0) for record in own), flags=RESPONSE)

    def probe(self) -> Packet:
        """Return the query that finds out whether another server has this name.

        It asks for a multicast response: a unicast response would reach only one of several programs that
        share the port on a computer.

        Source:
            RFC 6762 sections 8.1 and 15.2.
        """
        claimed = tuple(
            replace(each, flush=False) for each in self.records() if is_same_name(each.name, self.name)
        )
        return Packet(questions=(Question(self.name, ANY),), authorities=claimed)

    def answer(self, query: Packet) -> Packet | None:
        """Answer a query of another computer.

        Returns:
            None when the query asks for nothing of this server, or already knows the answer.

        Source:
            RFC 6762 sections 6 and 7.1 (known-answer suppression), RFC 6763 section 12 (additional records).
        """
        records = self.records()
        questions = {(question.type, name_key(question.name)) for question in query.questions}
        asked = [
            each
            for each in records
            if not questions.isdisjoint({(each.type, name_key(each.name)), (ANY, name_key(each.name))})
        ]
        unknown = [each for each in asked if not any(_is_known(each, known) for known in query.answers)]
        if query.is_response or not unknown:
            return None
        more = (
            [each for each in records if each not in asked and each.name != ALL_TYPES]
            if _lists(unknown)
            else []
        )
        return Packet(answers=tuple(unknown), additionals=tuple(more), flags=RESPONSE)

    def conflicts_with(self, packet: Packet) -> bool:
        """Return whether another server answers to the same name."""
        mine = Service(self.port, self.host_name)
        return packet.is_response and any(
            record.type == SRV
            and is_same_name(record.name, self.name)
            and record.ttl
            and not _leads_to(record, mine)
            for record in packet.records
        )

    def loses_tie_to(self, probe: Packet) -> bool:
        """Return whether another server that probes for the same name at the same moment wins it.

        The lexicographically later data wins.

        Source:
            RFC 6762 section 8.2.
        """
        rank = (self.port, name_key(self.host_name))
        return not probe.is_response and any(
            isinstance(record.data, Service)
            and is_same_name(record.name, self.name)
            and (record.data.port, name_key(record.data.target)) > rank
            for record in probe.authorities
        )


def query() -> Packet:
    """Return the query for all chat servers."""
    return Packet(questions=(Question(TYPE, PTR),))


def only_chat_records(packet: Packet) -> Packet:
    """Return a packet with only those records that can describe a chat server.

    A network has many other services, whose records would be searched again for every packet.
    """

    def is_relevant(record: Record) -> bool:
        if record.type == PTR:
            return is_same_name(record.name, TYPE)
        if record.type in (SRV, TXT):
            return len(record.name) == len(TYPE) + 1 and is_same_name(record.name[1:], TYPE)
        return record.type in (A, AAAA) and len(record.name) <= HOST_LABELS

    return replace(
        packet,
        questions=(),
        answers=tuple(filter(is_relevant, packet.answers)),
        authorities=(),
        additionals=tuple(filter(is_relevant, packet.additionals)),
    )


def offers(packets: Iterable[Packet]) -> list[Offer]:
    """Return the servers that these packets describe together, sorted by name, without incomplete ones."""
    instances: dict[Name, Name] = {}
    records: dict[Name, list[Record]] = {}
    for record in (record for packet in packets if packet.is_response for record in packet.records):
        records.setdefault(name_key(record.name), []).append(record)
        if (
            record.type == PTR
            and is_same_name(record.name, TYPE)
            and isinstance(record.data, tuple)
            and record.data
        ):
            if record.ttl:
                instances[name_key(record.data)] = record.data
            else:
                instances.pop(name_key(record.data), None)
    found = [_offer(name, records) for name in instances.values()]
    return sorted((offer for offer in found if offer), key=lambda offer: offer.instance.casefold())


def _offer(name: Name, records: Mapping[Name, Sequence[Record]]) -> Offer | None:
    """Build a server from its records.

    Args:
        name: Of the service instance.
        records: By `name_key` of their names, in the order in which they were received.
    """
    about = [record for record in records.get(name_key(name), ()) if record.ttl]
    about.reverse()  # the latest record counts
    service = next((record.data for record in about if isinstance(record.data, Service)), None)
    if service is None or not service.target:
        return None
    txt = next((record.data for record in about if isinstance(record.data, dict)), {})
    addresses = [
        record.data
        for record in records.get(name_key(service.target), ())
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
        people=parse_whole(txt.get("people", "")[:PEOPLE_DIGITS]),
        access=read_access(txt.get("access")) or "",
        owner=txt.get("by", ""),
    )


def fit_label(text: str, end: str = "") -> str:
    """Return a text as a DNS label: shortened to 63 bytes, with this end."""
    room = LABEL_BYTES - len(end.encode())
    return text.encode()[:room].decode(errors="ignore") + end


def _is_known(record: Record, known: Record) -> bool:
    """Return whether the querier knows a record for at least half of its TTL."""
    return (
        record.type == known.type
        and is_same_name(record.name, known.name)
        and record.data == known.data
        and known.ttl * 2 >= record.ttl
    )


def _lists(records: Iterable[Record]) -> bool:
    """Return whether the asking computer needs the other records too, to reach a service in this list."""
    return any(record.type in (PTR, SRV) and record.name != ALL_TYPES for record in records)


def _leads_to(record: Record, service: Service) -> bool:
    data = record.data
    return (
        isinstance(data, Service) and data.port == service.port and is_same_name(data.target, service.target)
    )
