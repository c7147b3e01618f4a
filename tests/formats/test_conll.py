"""IOB2 files: exact offsets, strict about what is none, and honest about what the format cannot hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldlabel.annotations import Span
from goldlabel.formats.conll import Sentence, join, read, tokens, write

# In the form of Universal NER's files; the sentences are ours.
UNER = (
    "# newdoc id = a\n# sent_id = a-1\n# text = “Ana Lind\u2019s aunt left Elm Hill,” Dr 𐍈 said.\n"
    "1\t“\tO\t-\t-\n2\tAna\tB-PER\t-\tx\n3\tLind\tI-PER\t-\tx\n4\t\u2019s\tO\t-\t-\n5\taunt\tO\t-\t-\n6\tleft\tO\t-\t-\n"
    "7\tElm\tB-LOC\t-\tx\n8\tHill\tI-LOC\t-\tx\n9\t,\tO\t-\t-\n10\t”\tO\t-\t-\n11\tDr\tO\t-\t-\n12\t𐍈\tB-PER\t-\tx\n"
    "13\tsaid\tO\t-\t-\n14\t.\tO\t-\t-\n\n"
    "# sent_id = a-2\n# text = #1 in Rome.\n"
    "1\t#\tO\t-\t-\n2\t1\tO\t-\t-\n3\tin\tO\t-\t-\n4\tRome\tB-LOC\t-\tx\n5\t.\tO\t-\t-\n"
)


def named(one: Sentence) -> list[tuple[str, str]]:
    return [(span.label, one.text[span.start : span.end]) for span in one.spans]


class TestRead:
    def test_offsets_are_code_points_of_the_sentence(self) -> None:
        first, second = read(UNER, token=1, tag=2)
        assert (first.id, second.id) == ("a-1", "a-2")
        assert named(first) == [("PER", "Ana Lind"), ("LOC", "Elm Hill"), ("PER", "𐍈")]
        assert first.spans[0] == Span("s1", "PER", 1, 9)
        assert named(second) == [("LOC", "Rome")]

    def test_without_a_text_the_tokens_are_joined(self) -> None:
        content = "Ana B-PER\nLind I-PER\n, O\naunt O\nof O\nBo B-PER\nDi B-PER\n( O\nRome B-LOC\n) O\n. O\n"
        (one,) = read(content)
        assert one.text == "Ana Lind, aunt of Bo Di (Rome)."
        assert named(one) == [("PER", "Ana Lind"), ("PER", "Bo"), ("PER", "Di"), ("LOC", "Rome")]

    def test_spaces_between_columns_and_windows_line_ends(self) -> None:
        assert [named(one) for one in read("EU NNP B-ORG\r\nrejects VBZ O\r\n\r\nOslo NNP B-LOC\r\n")] == [
            [("ORG", "EU")], [("LOC", "Oslo")],
        ]  # fmt: skip

    def test_a_hash_that_is_a_token(self) -> None:
        assert read("#\tO\nOslo\tB-LOC\n")[0].text == "# Oslo"

    @pytest.mark.parametrize("content", ["", "\n\n", "# sent_id = 3\n\n"])
    def test_nothing(self, content) -> None:
        assert read(content) == ()

    @pytest.mark.parametrize(
        ("content", "what"),
        [
            ("Ana\tI-PER\n", "line 1: I-PER goes on with a name that did not begin"),
            ("Ana\tB-PER\nBo\tI-LOC\n", "line 2: I-LOC goes on"),
            ("Ana\tB-PER\n\nBo\tI-PER\n", "line 3: I-PER goes on"),
            ("Ana\tPER\n", "line 1: the tag 'PER' is not"),
            ("Ana\tE-PER\n", "the tag 'E-PER' is not"),
            ("Ana\tB-\n", "the tag 'B-' is not"),
            ("# text = Ana Lind.\nAna\tO\nLund\tO\n", "line 3: the token 'Lund' does not stand in the sentence's text"),
            ("# text = Ana Lind.\nAna\tO\n", "text goes on after its last token: 'Lind.'"),
            ("# text = Ana\n\tB-PER\n", "the token '' does not stand"),
        ],
    )
    def test_what_is_not_iob2(self, content, what) -> None:
        with pytest.raises(ValueError, match=what.replace("(", r"\(")):
            read(content)

    def test_too_few_columns(self) -> None:
        with pytest.raises(ValueError, match="line 2 has only 2 columns"):
            read("1\tAna\tO\n2\tLind\n", token=1, tag=2)


class TestWrite:
    def test_there_and_back(self) -> None:
        sentences = read(UNER, token=1, tag=2)
        written = write(sentences)
        assert (written.dropped, written.widened) == ((), ())
        assert read(written.content) == sentences

    def test_of_nested_and_crossing_spans_the_longer_is_kept_and_the_other_named(self) -> None:
        text = "Port of Elmsford Ltd"
        spans = (Span("in", "LOC", 8, 16), Span("out", "ORG", 0, 20), Span("cross", "PER", 17, 20))
        written = write([Sentence("1", text, spans)])
        assert written.dropped == ("1: in", "1: cross")
        assert named(read(written.content)[0]) == [("ORG", text)]

    def test_a_span_inside_a_token_takes_the_token(self) -> None:
        written = write([Sentence("1", "Elmsford-based", (Span("a", "LOC", 0, 8),))])
        assert written.widened == ("1: a",)
        assert named(read(written.content)[0]) == [("LOC", "Elmsford-based")]

    def test_a_span_of_spaces_or_beyond_the_end(self) -> None:
        spans = (Span("a", "LOC", 2, 3), Span("b", "LOC", 9, 12))
        assert write([Sentence("1", "It rains", spans)]).dropped == ("1: b", "1: a")

    def test_neighbours_stay_two(self) -> None:
        spans = (Span("s1", "PER", 0, 3), Span("s2", "PER", 4, 6))
        assert read(write([Sentence("1", "Ana Bo", spans)]).content)[0].spans == spans

    def test_nothing(self) -> None:
        assert write([]).content == ""

    @given(st.text(alphabet="aB1 .,'-\u2019(\n\té𐍈", max_size=40), st.data())
    def test_what_is_written_can_be_read(self, text, data) -> None:
        places = tokens(text)
        spans = []
        if places:
            first = data.draw(st.integers(0, len(places) - 1))
            last = data.draw(st.integers(first, len(places) - 1))
            spans.append(Span("s1", "PER", places[first][0], places[last][1]))
        written = write([Sentence("1", text, tuple(spans))])
        assert (written.dropped, written.widened) == ((), ())
        found = [name for one in read(written.content) for _, name in named(one)]
        assert found == [" ".join(text[span.start : span.end].split()) for span in spans]


def test_join() -> None:
    assert join(["It", "'s", "$", "5", ",", "is", "n't", "it", "?"]) == "It's $5, isn't it?"
    assert join([]) == ""
