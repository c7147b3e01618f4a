"""A package's source archive by pip, from an index that is only a folder: the right one, or nothing and a sentence."""

from __future__ import annotations

import hashlib
import io
import subprocess
import tarfile
from pathlib import Path

import pytest

from goldlabel.data import sdists
from goldlabel.data.sdists import Sdist, sdist_bytes
from goldlabel.errors import DataError
from goldlabel.files import tar_members


def archive(members: dict[str, bytes]) -> bytes:
    """A ``.tar.gz``."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as packed:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            packed.addfile(info, io.BytesIO(data))
    return out.getvalue()


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only place where pip looks; a package on it leaves a trace when its setup.py runs."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def package(shelf: Path) -> Sdist:
    setup = (
        f"open({str(shelf / 'ran')!r}, 'w').close()\nfrom setuptools import setup\nsetup(name='tiny', version='1.0')\n"
    )
    info = b"Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n"
    data = archive({"tiny-1.0/setup.py": setup.encode(), "tiny-1.0/PKG-INFO": info, "tiny-1.0/data.txt": b"here"})
    (shelf / "tiny-1.0.tar.gz").write_bytes(data)
    return Sdist(project="tiny", version="1.0", sha256=hashlib.sha256(data).hexdigest(), most_bytes=100_000)


class TestPip:
    def test_the_archive_comes_whole(self, shelf) -> None:
        wanted = package(shelf)
        found = dict(tar_members(sdist_bytes(wanted), lambda name: name.endswith(".txt"), most=100_000))
        assert found == {"tiny-1.0/data.txt": b"here"}

    def test_another_archive_is_thrown_away_before_anything_in_it_runs(self, shelf) -> None:
        wanted = package(shelf)
        with pytest.raises(DataError, match="another one than the course was made with"):
            sdist_bytes(Sdist(project="tiny", version="1.0", sha256="0" * 64, most_bytes=100_000))
        assert not (shelf / "ran").exists()
        sdist_bytes(wanted)
        assert (shelf / "ran").exists()  # so the line above tests something

    def test_no_such_package_or_no_index(self, shelf) -> None:
        with pytest.raises(DataError, match=r"tiny 1\.0 cannot be downloaded: .*No matching distribution") as caught:
            sdist_bytes(Sdist(project="tiny", version="1.0", sha256="0" * 64, most_bytes=100_000))
        assert "goldlabel data get" in caught.value.todo

    def test_one_that_is_too_large(self, shelf) -> None:
        wanted = package(shelf)
        with pytest.raises(DataError, match="no archive of the expected kind"):
            sdist_bytes(Sdist(project="tiny", version="1.0", sha256=wanted.sha256, most_bytes=10))

    @pytest.mark.parametrize("error", [OSError("no pip"), subprocess.TimeoutExpired("pip", 300)])
    def test_pip_cannot_run(self, shelf, monkeypatch, error) -> None:
        def fail(*_arguments, **_named):
            raise error

        monkeypatch.setattr(sdists.subprocess, "run", fail)
        with pytest.raises(DataError, match="cannot be downloaded"):
            sdist_bytes(package(shelf))


class TestTar:
    def test_links_and_folders_are_passed_over(self, tmp_path) -> None:
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w:gz") as packed:
            for name, kind in (("a", tarfile.SYMTYPE), ("b", tarfile.LNKTYPE), ("c", tarfile.DIRTYPE)):
                info = tarfile.TarInfo(name)
                info.type, info.linkname = kind, "/etc/passwd"
                packed.addfile(info)
            info = tarfile.TarInfo("../d")
            info.size = 3
            packed.addfile(info, io.BytesIO(b"yes"))
        assert list(tar_members(out.getvalue(), lambda _name: True, most=100)) == [("../d", b"yes")]
        assert not list(tmp_path.iterdir())

    def test_a_bomb_is_stopped_also_in_what_nobody_wants(self) -> None:
        bomb = archive({"zeros": bytes(300_000), "wanted": b"x"})
        assert len(bomb) < 2000
        with pytest.raises(OSError, match="too large when unpacked"):
            list(tar_members(bomb, "wanted".__eq__, most=100_000))

    @pytest.mark.parametrize("data", [b"", b"<html>", archive({"a": bytes(range(256)) * 40})[:150]])
    def test_damaged(self, data) -> None:
        with pytest.raises(OSError):  # noqa: PT011  (zlib's own words differ)
            list(tar_members(data, lambda _name: True, most=100_000))
