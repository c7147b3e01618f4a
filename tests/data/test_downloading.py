"""One file from a server that cuts, lies, hangs and ignores what it is asked."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections import namedtuple

import pytest

from goldlabel.data.downloading import DownloadError, download

CONTENT = os.urandom(300_000)
SHA256 = f"sha256:{hashlib.sha256(CONTENT).hexdigest()}"
MD5 = f"md5:{hashlib.md5(CONTENT).hexdigest()}"


@pytest.fixture
def get(server, tmp_path):
    """Downloads ``/a.bin``."""
    server.files["/a.bin"] = CONTENT

    def call(path: str = "/a.bin", **more) -> str:
        settings = {"most": 1_000_000, "timeout": 0.4, "tries": 1, "pause": 0} | more
        return download(server.at(path), tmp_path / "in" / "a.bin", **settings)

    return call


def names(tmp_path) -> set[str]:
    return {path.name for path in (tmp_path / "in").iterdir()}


@pytest.mark.parametrize("checksum", ["", SHA256, MD5])
def test_a_file_arrives(get, tmp_path, checksum) -> None:
    assert f"sha256:{get(checksum=checksum)}" == SHA256
    assert (tmp_path / "in/a.bin").read_bytes() == CONTENT
    assert names(tmp_path) == {"a.bin"}


def test_what_is_there_and_right_is_not_downloaded_again(get, server) -> None:
    get(checksum=SHA256)
    get(checksum=SHA256)
    get()
    assert len(server.asked) == 1


def test_what_is_there_and_wrong_is_replaced(get, tmp_path) -> None:
    get()
    (tmp_path / "in/a.bin").write_bytes(b"spoiled")
    get(checksum=SHA256)
    assert (tmp_path / "in/a.bin").read_bytes() == CONTENT


class TestCut:
    def test_it_goes_on_where_it_stopped(self, get, server, tmp_path) -> None:
        server.cut = [100_000]
        with pytest.raises(DownloadError, match=r"cut after 0\.1 MB") as caught:
            get()
        assert "goes on where it stopped" in caught.value.todo
        assert names(tmp_path) == {"a.bin.part", "a.bin.tag"}
        get(checksum=SHA256)
        assert names(tmp_path) == {"a.bin"}
        assert server.asked[1] == ("/a.bin", "bytes=65536-", 206)  # whole chunks are kept

    def test_it_is_taken_up_again_by_itself(self, get, server) -> None:
        server.cut = [65_536, 65_536]
        get(checksum=SHA256, tries=3)
        assert [wanted for _, wanted, _ in server.asked] == [None, "bytes=65536-", "bytes=131072-"]

    def test_a_server_that_ignores_range_starts_again(self, get, server) -> None:
        server.cut, server.ranges = [100_000], False
        get(checksum=SHA256, tries=2)
        assert [status for _, _, status in server.asked] == [200, 200]

    def test_without_a_tag_two_halves_are_never_joined(self, get, server) -> None:
        server.cut, server.tags = [100_000], False
        get(checksum=SHA256, tries=2)
        assert server.asked[1] == ("/a.bin", None, 200)

    def test_a_file_that_changed_meanwhile_is_not_mixed(self, get, server, tmp_path) -> None:
        server.cut = [100_000]
        with pytest.raises(DownloadError):
            get()
        server.files["/a.bin"] = other = os.urandom(300_000)
        get()
        assert (tmp_path / "in/a.bin").read_bytes() == other

    def test_a_file_that_shrank_meanwhile_starts_again(self, get, server, tmp_path) -> None:
        server.cut = [200_000]
        with pytest.raises(DownloadError):
            get()
        server.files["/a.bin"] = CONTENT[:1000]
        (tmp_path / "in/a.bin.tag").write_text(f'"{hashlib.sha256(CONTENT[:1000]).hexdigest()[:12]}"')
        get(tries=2)
        assert [status for _, _, status in server.asked] == [200, 416, 200]
        assert (tmp_path / "in/a.bin").read_bytes() == CONTENT[:1000]


def test_a_wrong_checksum_leaves_nothing(get, tmp_path) -> None:
    with pytest.raises(DownloadError, match="another checksum than it should have"):
        get(checksum="sha256:" + "0" * 64)
    assert names(tmp_path) == set()


@pytest.mark.parametrize("path", ["/gone.bin"])
def test_404(get, tmp_path, path) -> None:
    with pytest.raises(DownloadError, match=r"not there any more \(HTTP 404\)"):
        get(path)
    assert names(tmp_path) == set()


def test_a_server_that_never_answers(get, server, tmp_path) -> None:
    server.silent.add("/a.bin")
    with pytest.raises(DownloadError, match=r"did not answer for 0\.4 seconds"):
        get()
    assert names(tmp_path) == set()


def test_nobody_there(tmp_path) -> None:
    with pytest.raises(DownloadError, match="cannot be reached"):
        download("http://127.0.0.1:9/a.bin", tmp_path / "in" / "a.bin", most=9, tries=1)


@pytest.mark.parametrize("endless", [False, True])
def test_more_than_it_may_have(get, server, tmp_path, endless) -> None:
    if endless:
        server.endless.add("/a.bin")
    with pytest.raises(DownloadError, match=r"more than the 0\.2 MB"):
        get(most=200_000)
    assert names(tmp_path) == set()


def test_a_disk_without_room(get, monkeypatch, tmp_path) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(10, 10, 1000))
    with pytest.raises(DownloadError, match=r"no room: 0\.3 MB are needed, 0\.0 MB are free"):
        get()
    assert names(tmp_path) == set()


@pytest.mark.skipif(os.name == "nt", reason="there are no such limits there")
def test_a_disk_that_becomes_full(get, tmp_path) -> None:
    """The system itself refuses to let the file grow, as it does on a full disk."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(DownloadError, match="cannot be written: File too large"):
            get()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert names(tmp_path) == set()


def test_a_file_in_the_way_of_the_folder(get, tmp_path) -> None:
    (tmp_path / "in").write_text("")
    with pytest.raises(DownloadError, match="cannot be written"):
        get()
