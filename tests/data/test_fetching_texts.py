"""Sets of texts from the catalogue, from small files in the real form: whole and usable, or one sentence."""

from __future__ import annotations

import io
import tarfile

import msgspec
import pytest

from goldlabel import cli
from goldlabel.annotations import Choice, ItemLabels, LabelSet, Span, only
from goldlabel.data import load_items, practice_gold
from goldlabel.data.catalogue import RemoteClass, RemoteFile, RemoteSet, remote_set
from goldlabel.data.fetching import fetch, unverified
from goldlabel.data.text_releases import plan_texts
from goldlabel.errors import DataError
from goldlabel.exercises import find_exercise
from goldlabel.inventory import verify
from goldlabel.review import review
from tests.data.test_sdists import archive

FILLER = "The pictures are calm, the music is calm, and the people say what they mean. " * 4


def get(remote, **more):
    return fetch(remote, **{"say": lambda _line: None, "timeout": 0.4, "pause": 0} | more)


def left(datasets) -> set[str]:
    return {path.name for path in datasets.iterdir()} - {".fetching"}


def reviews() -> dict[str, bytes]:
    """Members as in aclImdb: eight usable reviews a class, and around them what must not be taken."""
    members = {"aclImdb/README": b"Large Movie Review Dataset v1.0", "aclImdb/imdb.vocab": b"the\nand\n"}
    for k in range(8):
        members[f"aclImdb/train/pos/{k}_9.txt"] = f"I like it.<br /><br />Number {k} &amp; more. {FILLER}".encode()
        members[f"aclImdb/train/neg/{k}_2.txt"] = f"I leave it. Number {k}. {FILLER}".encode()
    members |= {
        "aclImdb/train/pos/100_10.txt": b"Too short.",
        "aclImdb/train/pos/101_10.txt": (FILLER * 5).encode(),
        "aclImdb/train/neg/102_1.txt": f"A film of war and murder. {FILLER}".encode(),
        "aclImdb/train/unsup/0_0.txt": FILLER.encode(),
        "aclImdb/test/pos/0_10.txt": FILLER.encode(),
        "aclImdb/train/pos/../../../evil_9.txt": FILLER.encode(),
        "/aclImdb/train/pos/7_7.txt": FILLER.encode(),
    }
    return members


@pytest.fixture
def imdb(server, datasets) -> RemoteSet:
    server.files["/acl.tar.gz"] = archive(reviews())
    file = RemoteFile("acl.tar.gz", server.at("/acl.tar.gz"), len(server.files["/acl.tar.gz"]))
    real = remote_set("imdb")
    return msgspec.structs.replace(real, files=(file,), sample=6, most_member_bytes=100_000)


def sentence(number: int, rows: list[tuple[str, str]]) -> str:
    text = " ".join(word for word, _ in rows)
    lines = "".join(f"{k}\t{word}\t{tag}\t-\t-\n" for k, (word, tag) in enumerate(rows, start=1))
    return f"# sent_id = n{number}\n# text = {text}\n{lines}\n"


LONG = [(word, "O") for word in ("and", "the", "train", "went", "on", "through", "the", "hills", "until", "late")]


def names() -> bytes:
    kept = [
        sentence(k, [("Ana", "B-PER"), ("Lind", "I-PER"), ("left", "O"), (place, "B-LOC"), *LONG])
        for k, place in enumerate(["Elmsford", "Brackwater", "Tarnwick", "Rome"])
    ]
    dropped = [
        sentence(10, [("Short", "B-LOC"), (".", "O")]),
        sentence(11, [("Nobody", "O"), *LONG]),
        sentence(12, [("War", "O"), ("came", "O"), ("to", "O"), ("Elmsford", "B-LOC"), *LONG]),
    ]
    return ("# newdoc id = n\n" + "".join(kept + dropped)).encode()


@pytest.fixture
def uner(server, datasets) -> RemoteSet:
    server.files["/pud.iob2"] = names()
    file = RemoteFile("pud.iob2", server.at("/pud.iob2"), len(names()))
    return msgspec.structs.replace(remote_set("uner-sample"), files=(file,), sample=4)


class TestReviews:
    def test_a_balanced_sample_by_rule(self, imdb, datasets) -> None:
        done = get(imdb)
        assert (done.items, len(done.first_seen)) == (6, 1)
        items, gold = load_items("imdb"), practice_gold("imdb")
        said = [only(gold.of(item.id).annotations, Choice)[0].label for item in items]
        assert sorted(said) == ["negative"] * 3 + ["positive"] * 3
        assert {"Number" in item.text for item in items} == {True}
        assert not any("<br" in item.text or "&amp;" in item.text for item in items)
        assert any("I like it.\n\nNumber" in item.text for item in items)
        assert verify("imdb") == ()
        assert left(datasets) == {"imdb"}
        assert not list(datasets.parent.rglob("evil*"))

    def test_the_same_on_every_machine_and_in_any_order(self, imdb, server, tmp_path) -> None:
        def chosen(members: dict[str, bytes]) -> list[str]:
            (tmp_path / "acl.tar.gz").write_bytes(archive(members))
            return [one.source for one in plan_texts(imdb, tmp_path)]

        assert chosen(reviews()) == chosen(dict(reversed(reviews().items())))

    def test_ids_do_not_give_the_class_away(self, imdb) -> None:
        get(imdb)
        ids = [item.id for item in load_items("imdb")]
        assert ids == sorted(ids)
        assert not any("pos" in name or "neg" in name or "_" in name for name in ids)

    def test_it_is_an_exercise_like_any_other(self, imdb) -> None:
        get(imdb)
        spec, gold = find_exercise("w3-imdb"), practice_gold("imdb")
        assert (spec.task, spec.week, spec.class_names) == ("choice", 3, ("positive", "negative"))
        assert set(spec.rules) >= set(spec.rubric.rules.values())
        labels = {item.id: ItemLabels(gold.of(item.id).annotations, done=True) for item in spec.items()}
        perfect = LabelSet(exercise=spec.id, items=labels)
        assert review(perfect, gold, spec.rubric, items=spec.items(), classes=spec.class_names).score == 1
        assert "of 10 stars" in next(iter(gold.items.values())).annotations[0].attributes["why"]

    @pytest.mark.parametrize(
        ("content", "what"),
        [
            (b"<html>Please log in</html>", "not in the expected form"),
            (archive({"aclImdb/README": b""}), "Only 0 of 6 texts"),
            (archive({"zeros": bytes(200_000)} | reviews()), "too large when unpacked"),
            (archive({"aclImdb/train/pos/1_9.txt": b"\xff" * 300}), "not in the expected form"),
            (archive(reviews())[:600], "not in the expected form"),
        ],
        ids=["no archive", "nothing in it", "bomb", "no text", "cut"],
    )
    def test_an_archive_that_is_not_what_it_should_be(self, imdb, server, datasets, content, what) -> None:
        server.files["/acl.tar.gz"] = content
        with pytest.raises(DataError, match=what) as caught:
            get(imdb)
        assert caught.value.todo
        assert left(datasets) == set()

    def test_links_in_the_archive_are_not_followed(self, imdb, server, tmp_path) -> None:
        (tmp_path / "secret.txt").write_text(FILLER)
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w:gz") as packed:
            info = tarfile.TarInfo("aclImdb/train/pos/1_9.txt")
            info.type, info.linkname = tarfile.SYMTYPE, str(tmp_path / "secret.txt")
            packed.addfile(info)
        server.files["/acl.tar.gz"] = out.getvalue()
        with pytest.raises(DataError, match="Only 0 of 6"):
            get(imdb)

    def test_another_checksum_is_refused(self, imdb, datasets) -> None:
        pinned = msgspec.structs.replace(
            imdb, files=(msgspec.structs.replace(imdb.files[0], checksum=remote_set("imdb").files[0].checksum),)
        )
        with pytest.raises(DataError, match="another checksum"):
            get(pinned)
        assert left(datasets) == set()


class TestNames:
    def test_names_become_spans_with_exact_offsets(self, uner) -> None:
        assert get(uner).items == 4
        gold = practice_gold("uner-sample")
        for item in load_items("uner-sample"):
            person, place = only(gold.of(item.id).annotations, Span)
            assert (person.label, item.text[person.start : person.end]) == ("person", "Ana Lind")
            assert place.label == "place"
            assert item.text[place.start : place.end] in {"Elmsford", "Brackwater", "Tarnwick", "Rome"}
            assert item.licence == "CC-BY-SA-4.0"
        assert verify("uner-sample") == ()

    def test_it_is_an_exercise_like_any_other(self, uner) -> None:
        get(uner)
        spec, gold = find_exercise("w3-uner"), practice_gold("uner-sample")
        assert (spec.task, spec.class_names) == ("spans", ("person", "organisation", "place"))
        assert set(spec.rules) >= set(spec.rubric.rules.values())
        labels = {item.id: ItemLabels(gold.of(item.id).annotations, done=True) for item in spec.items()}
        perfect = LabelSet(exercise=spec.id, items=labels)
        assert review(perfect, gold, spec.rubric, items=spec.items(), classes=spec.class_names).score == 1

    @pytest.mark.parametrize(
        ("content", "what"),
        [
            (b"1\tAna\tI-PER\t-\t-\n", "goes on with a name that did not begin"),
            (b"1\tAna\n", "only 2 columns"),
            (b"\xff\xfe", "not in the expected form"),
            (b"", "Only 0 of 4"),
            (b"<html>\n<body>\n", "columns"),
        ],
    )
    def test_another_file(self, uner, server, datasets, content, what) -> None:
        server.files["/pud.iob2"] = content
        with pytest.raises(DataError, match=what):
            get(uner)
        assert left(datasets) == set()

    def test_one_faulty_sentence_in_a_hundred_is_left_out(self, uner, server) -> None:
        more = "".join(sentence(k, [("Nobody", "O"), *LONG]) for k in range(100, 200))
        faulty = sentence(7, [("Ana", "I-PER"), ("went", "O"), *LONG])
        server.files["/pud.iob2"] = names() + (more + faulty).encode()
        file = msgspec.structs.replace(uner.files[0], bytes=len(server.files["/pud.iob2"]))
        get(msgspec.structs.replace(uner, files=(file,)))
        assert "uner-n7" not in {item.id for item in load_items("uner-sample")}

    def test_a_second_download_must_match(self, uner, server) -> None:
        assert unverified(uner) == 1
        get(uner)
        assert unverified(uner) == 0
        server.files["/pud.iob2"] = names().replace(b"Rome", b"Oslo")
        with pytest.raises(DataError, match="another checksum"):
            get(uner, again=True)
        assert verify("uner-sample") == ()


class TestCatalogue:
    def test_a_set_is_of_texts_or_of_pictures(self, imdb) -> None:
        with pytest.raises(ValueError, match="either pictures or"):
            msgspec.structs.replace(imdb, format="coco")
        with pytest.raises(ValueError, match="either pictures or"):
            msgspec.structs.replace(imdb, sample=0)

    def test_classes_and_what_the_source_calls_them(self, uner) -> None:
        assert uner.class_of == {"PER": "person", "ORG": "organisation", "LOC": "place"}
        assert uner.classes[0] == RemoteClass("person", ("PER",))

    def test_the_command_shows_the_terms_first(self, imdb, datasets, monkeypatch, capsys) -> None:
        monkeypatch.setattr("goldlabel.commands.data.remote_set", lambda _name: imdb)
        assert cli.main(["data", "fetch", "imdb"]) == 1
        told = capsys.readouterr()
        assert "The reviews belong to" in told.out
        assert "https://ai.stanford.edu/~amaas/data/sentiment/" in told.out
        assert "Nothing was downloaded" in told.err
        assert left(datasets) == set()
        assert cli.main(["data", "fetch", "imdb", "--yes"]) == 0
        assert "Exercise.open('w3-imdb')" in capsys.readouterr().out
