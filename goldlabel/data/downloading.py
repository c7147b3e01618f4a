"""One file from the internet: whole and right, or not there at all; an interrupted download goes on later.

pooch checks and renames; :class:`Resuming` is the downloader that it calls. What has arrived so far waits in a
``.part`` file beside the target, and what the server calls this version of the file in a ``.tag`` file: only with that
can two halves belong together.
"""

from __future__ import annotations

import hashlib
import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from goldlabel.errors import DataError

if TYPE_CHECKING:
    import requests

__all__ = ["AGAIN", "DownloadError", "Resuming", "download", "file_sha256"]

CHUNK = 1 << 16
TIMEOUT = 30.0
"""Seconds without a byte after which a server counts as silent."""
TRIES = 3
AGAIN = "Run the same command again: it goes on where it stopped."


class DownloadError(DataError):
    """A file could not be downloaded, or is not what it should be."""


def download(
    address: str,
    target: Path,
    *,
    checksum: str = "",
    most: int,
    timeout: float = TIMEOUT,
    tries: int = TRIES,
    pause: float = 1.0,
) -> str:
    """Download one file, unless it is there and right already.

    Args:
        address: Where it is.
        target: Where it goes; its folder is made.
        checksum: ``md5:...`` or ``sha256:...``; empty when nobody knows it yet.
        most: In bytes; a larger file is refused.
        timeout: Seconds of silence that end a try.
        tries: How often a broken connection is taken up again.
        pause: Seconds before the second try; twice as long before the third, and so on.

    Returns:
        The SHA-256 of the file.

    Raises:
        DownloadError: In one sentence. Under the target's name there is nothing then, or what was there before.
    """
    import pooch

    pooch.get_logger().setLevel("WARNING")  # it would print an invitation to write down the checksum
    downloader = Resuming(target, most=most, timeout=timeout, tries=tries, pause=pause)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        pooch.retrieve(
            address, known_hash=checksum or None, fname=target.name, path=target.parent, downloader=downloader
        )
        return file_sha256(target)
    except ValueError:
        raise DownloadError(
            "The downloaded file has another checksum than it should have, so it was thrown away",
            where=address,
            todo="Try again later; if it happens twice, the file was changed: tell whoever looks after the course.",
        ) from None
    except OSError as error:
        with suppress(OSError):
            downloader.forget()  # a full disk is not helped by half a file
        raise _disk(error, target) from None


class Resuming:
    """A downloader for pooch that goes on where an earlier try stopped, when the server lets it.

    Args:
        target: The file that is downloaded in the end.
        most, timeout, tries, pause: As for :func:`download`.
    """

    def __init__(self, target: Path, *, most: int, timeout: float, tries: int, pause: float) -> None:
        self.part = target.with_name(f"{target.name}.part")
        self.tag = target.with_name(f"{target.name}.tag")
        self._most, self._timeout, self._tries, self._pause = most, timeout, tries, pause

    def __call__(self, url: str, output_file: str, _pooch: object) -> None:
        """Download ``url`` and move it to ``output_file``, a temporary name that pooch checks and renames."""
        import requests

        for attempt in range(1, self._tries + 1):
            try:
                self._once(url)
                break
            except requests.HTTPError as error:
                raise _refused(url, error.response.status_code if error.response is not None else 0) from None
            except requests.RequestException as error:
                if attempt == self._tries:
                    raise self._broken(url, error) from None
                time.sleep(self._pause * attempt)
        shutil.move(self.part, output_file)
        self.tag.unlink(missing_ok=True)

    def _once(self, url: str) -> None:
        """One try.

        Raises:
            requests.RequestException: The connection failed or ended early.
            DownloadError: The file is too large for its cap or for the disk.
            OSError: It cannot be written.
        """
        import requests

        begun = self.part.stat().st_size if self.part.exists() and self.tag.exists() else 0
        headers = {"Accept-Encoding": "identity", "User-Agent": "goldlabel (a course for annotators)"}
        if begun:
            headers |= {"Range": f"bytes={begun}-", "If-Range": self.tag.read_text(encoding="utf-8")}
        with requests.get(url, headers=headers, stream=True, timeout=self._timeout) as answer:
            if answer.status_code == requests.codes.requested_range_not_satisfiable:
                self.forget()
                raise requests.ConnectionError("the part that is here does not fit the file any more")
            answer.raise_for_status()
            goes_on = answer.status_code == requests.codes.partial_content and answer.headers.get(
                "Content-Range", ""
            ).startswith(f"bytes {begun}-")
            begun = begun if goes_on else 0
            whole = self._whole_size(url, answer, begun)
            self._remember(answer)
            with self.part.open("ab" if goes_on else "wb") as out:
                for chunk in answer.iter_content(CHUNK):
                    begun += len(chunk)
                    if begun > self._most:
                        self.forget()
                        raise _too_large(url, self._most)
                    out.write(chunk)
        if whole and begun != whole:
            raise requests.ConnectionError(f"{begun} of {whole} bytes arrived")

    def _whole_size(self, url: str, answer: requests.Response, begun: int) -> int:
        """The file's size in bytes as the server announces it, 0 when it does not.

        Raises:
            DownloadError: It is over the cap, or the disk has no room for it.
        """
        announced = answer.headers.get("Content-Length", "")
        if not announced.isdigit():
            return 0
        whole = begun + int(announced)
        if whole > self._most:
            raise _too_large(url, self._most)
        free = shutil.disk_usage(self.part.parent).free
        if free < int(announced):
            raise DownloadError(
                f"The disk has no room: {_megabytes(int(announced))} are needed, {_megabytes(free)} are free",
                where=str(self.part.parent),
                todo="Make room, then run the same command again.",
            )
        return whole

    def _remember(self, answer: requests.Response) -> None:
        """Keep what names this version of the file; without it a later try starts from the beginning."""
        name = answer.headers.get("ETag") or answer.headers.get("Last-Modified") or ""
        if name and not name.startswith("W/"):
            self.tag.write_text(name, encoding="utf-8")
        else:
            self.tag.unlink(missing_ok=True)

    def forget(self) -> None:
        """Throw away what has arrived."""
        self.part.unlink(missing_ok=True)
        self.tag.unlink(missing_ok=True)

    def _broken(self, url: str, error: requests.RequestException) -> DownloadError:
        import requests

        arrived = 0
        with suppress(OSError):
            arrived = self.part.stat().st_size
        if isinstance(error, requests.Timeout):
            what = f"The server did not answer for {self._timeout:g} seconds"
        elif arrived:
            what = f"The connection was cut after {_megabytes(arrived)}"
        else:
            what = "The server cannot be reached"
        todo = AGAIN if arrived else "Check the internet connection, then run the same command again."
        return DownloadError(what, where=url, todo=todo)


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file, read in parts."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refused(url: str, status: int) -> DownloadError:
    gone = {404, 410}
    what = "The file is not there any more" if status in gone else "The server refuses to give the file"
    todo = "Tell whoever looks after the course: its address has changed." if status in gone else "Try again later."
    return DownloadError(f"{what} (HTTP {status})", where=url, todo=todo)


def _too_large(url: str, most: int) -> DownloadError:
    return DownloadError(
        f"The server sends more than the {_megabytes(most)} that this file may have, so it was stopped",
        where=url,
        todo="Tell whoever looks after the course: the file at this address has changed.",
    )


def _disk(error: OSError, target: Path) -> DownloadError:
    return DownloadError(
        f"The download cannot be written: {error.strerror or error}",
        where=str(target.parent),
        todo="Check that the folder is yours and the disk has room, then run the same command again.",
    )


def _megabytes(count: int) -> str:
    return f"{count / 1e6:.1f} MB"
