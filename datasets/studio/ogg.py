"""What an Ogg Opus file says of itself, and whether it is whole: no decoder, no library (RFC 3533, RFC 7845)."""

from __future__ import annotations

from dataclasses import dataclass

RATE = 48000
"""Opus always counts its samples at this rate."""


@dataclass(frozen=True)
class Sound:
    """An Ogg Opus file.

    Attributes:
        channels: 1 is mono.
        rate: Samples a second of what was encoded.
        seconds: How long it plays.
        pages: How many pages, each with a checksum that was right.
    """

    channels: int
    rate: int
    seconds: float
    pages: int


def _table() -> tuple[int, ...]:
    made = []
    for byte in range(256):
        value = byte << 24
        for _ in range(8):
            value = (value << 1) ^ (0x04C11DB7 if value & 0x80000000 else 0)
        made.append(value & 0xFFFFFFFF)
    return tuple(made)


_CRC = _table()


def checksum(page: bytes) -> int:
    """The checksum of an Ogg page, whose own four bytes count as 0."""
    value = 0
    for byte in page[:22] + bytes(4) + page[26:]:
        value = (value << 8 & 0xFFFFFFFF) ^ _CRC[value >> 24 ^ byte]
    return value


def inspect(data: bytes) -> Sound:
    """Read all pages of a file.

    Raises:
        ValueError: It is no Ogg Opus file of one stream, is cut off, or a page is damaged; the message says which.
    """
    at, pages, head, last = 0, 0, b"", 0
    while at < len(data):
        if data[at : at + 4] != b"OggS" or at + 27 > len(data):
            raise ValueError(f"no page begins at byte {at}")
        segments = data[at + 27 : at + 27 + data[at + 26]]
        end = at + 27 + len(segments) + sum(segments)
        page = data[at:end]
        if len(page) < end - at or checksum(page) != int.from_bytes(page[22:26], "little"):
            raise ValueError(f"page {pages} is damaged or cut off")
        if pages == 0:
            head = page[27 + len(segments) :]
        granule = int.from_bytes(page[6:14], "little", signed=True)
        last = max(last, granule)
        finished = bool(page[5] & 4)
        at, pages = end, pages + 1
    if not head.startswith(b"OpusHead"):
        raise ValueError("the first page is not that of an Opus stream")
    if not finished:
        raise ValueError("the last page is missing")
    skipped = int.from_bytes(head[10:12], "little")
    return Sound(head[9], int.from_bytes(head[12:16], "little"), (last - skipped) / RATE, pages)
