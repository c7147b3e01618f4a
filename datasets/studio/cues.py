"""Does something trivial give the class of a text away? Classifiers that see only that, and texts that resemble.

cd datasets
../.venv/bin/python -m studio.cues product-reviews
"""

from __future__ import annotations

import argparse
import re
import warnings
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from goldlabel.data import load_items

from .written import POOLS, load

FOLDS, REPEATS = 5, 4
_FROM = re.compile(r"^From:.*\n")  # one sender writes several mails
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


def words(text: str) -> list[str]:
    """Words in small letters, without numbers' and letters' punctuation."""
    return _WORD.findall(text.lower())


def shape(text: str) -> tuple[float, ...]:
    """What one sees without reading: length, marks, capitals, digits and lines, each as a plain count or share."""
    letters = max(sum(map(str.isalpha, text)), 1)
    marks = [float(text.count(mark)) for mark in "!?*.,:\"'\n"]
    return (float(len(words(text))), sum(map(str.isupper, text)) / letters, sum(map(str.isdigit, text)) / 10, *marks)


def accuracies(texts: Sequence[str], labels: Sequence[str], only: Sequence[str] = ()) -> dict[str, float]:
    """Cross-validated accuracy of simple classifiers, beside that of naming the commonest class always.

    Args:
        texts: One a label.
        labels: The right classes.
        only: Names of the classifiers to train; all of them when empty.

    Returns:
        Accuracies, 0 to 1, by what the classifier sees; 5 folds, 4 repeats, stratified, seeded.
    """
    from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import RepeatedStratifiedKFold, cross_val_score
    from sklearn.naive_bayes import MultinomialNB
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import FunctionTransformer, StandardScaler

    shapes = FunctionTransformer(lambda batch: np.array([shape(text) for text in batch]))
    models = {
        "shape": make_pipeline(shapes, StandardScaler(), LogisticRegression(max_iter=1000)),
        "words": make_pipeline(CountVectorizer(tokenizer=words, token_pattern=None), MultinomialNB()),
        "pairs": make_pipeline(
            TfidfVectorizer(tokenizer=words, token_pattern=None, ngram_range=(1, 2), sublinear_tf=True),
            LogisticRegression(C=10, max_iter=1000),
        ),
    }
    y = np.array(labels)
    folds = RepeatedStratifiedKFold(n_splits=FOLDS, n_repeats=REPEATS, random_state=1)
    found = {"majority": max(map(list(labels).count, set(labels))) / len(labels)}
    for name, model in models.items():
        if only and name not in only:
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found[name] = float(cross_val_score(model, np.array(texts, dtype=object), y, cv=folds).mean())
    return found


def alike(one: Iterable[str], other: Iterable[str]) -> float:
    """Share of the words that two texts have in common, of all their words of four letters and more (Jaccard)."""
    a, b = ({word for word in side if len(word) > 3} for side in (one, other))
    return len(a & b) / len(a | b) if a | b else 0.0


def longest_run(one: Sequence[str], other: Sequence[str]) -> int:
    """Length of the longest run of words that stands in both texts."""
    best, row = 0, [0] * (len(other) + 1)
    for word in one:
        new = [0] * (len(other) + 1)
        for k, there in enumerate(other, 1):
            if word == there:
                new[k] = row[k - 1] + 1
        best, row = max(best, *new), new
    return best


def worst_pair(dataset: str, measure: Callable[[list[str], list[str]], float]) -> tuple[float, str, str]:
    """The pair of a practice and an exam text that resemble each other most, by ``measure``; senders left out."""
    known = [(item, words(_FROM.sub("", item.text))) for item in load_items(dataset)]
    return max(
        (measure(mine, theirs), one.id, other.id)
        for one, mine in known
        for other, theirs in known
        if (one.pool, other.pool) == ("practice", "exam")
    )


def main() -> None:
    """Print the table of the datasheet."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dataset")
    dataset = parser.parse_args().dataset
    sources = load(dataset)
    texts = [one for source in sources for one in source.texts]
    for name, value in accuracies([one.text for one in texts], [one.label for one in texts]).items():
        print(f"{name:10} {value:.2f}")
    if len(sources) < len(POOLS):
        return
    print("most alike", worst_pair(dataset, alike))
    print("longest run", worst_pair(dataset, longest_run))


if __name__ == "__main__":
    main()
