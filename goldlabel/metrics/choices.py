"""Choices, one class a decision: the confusion matrix and what follows from it.

A confusion matrix counts decisions, gold in rows and labels in columns. Functions take one matrix of shape
``(K, K)`` or a stack ``(..., K, K)``, so that a bootstrap costs one call.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["accuracy", "cohen_kappa", "confusion_matrix", "f1", "macro_f1", "precision", "recall"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def confusion_matrix(gold: ArrayLike, labels: ArrayLike, classes: int) -> Ints:
    """How often gold ``i`` was labelled ``j``.

    Args:
        gold: Class indices, shape ``(N,)``.
        labels: Class indices, shape ``(N,)``.
        classes: Number of classes ``K``.

    Returns:
        Counts, shape ``(K, K)``, gold in rows.

    Raises:
        ValueError: The two differ in length, or an index is outside 0 to ``classes - 1``.

    Example:
        >>> confusion_matrix([0, 0, 1], [0, 1, 1], 2)
        array([[1, 1],
               [0, 1]])
    """
    true, said = np.asarray(gold, dtype=np.int64).ravel(), np.asarray(labels, dtype=np.int64).ravel()
    if true.shape != said.shape:
        raise ValueError(f"gold and labels differ in length: {true.size} and {said.size}")
    both = np.concatenate([true, said])
    if both.size and not (both.min() >= 0 and both.max() < classes):
        raise ValueError(f"class indices must lie in 0 to {classes - 1}")
    counts = np.bincount(true * classes + said, minlength=classes * classes)
    return counts.astype(np.int64).reshape(classes, classes)


def accuracy(matrix: ArrayLike) -> Floats:
    """Share of decisions that agree, 0 to 1, shape ``(...)``; 1 where there was nothing to decide."""
    m = _square(matrix)
    whole = m.sum(axis=(-2, -1))
    return _ratio(np.trace(m, axis1=-2, axis2=-1), whole, empty=whole == 0)


def precision(matrix: ArrayLike) -> Floats:
    """Of what was labelled as a class, the share that is right; 0 to 1, shape ``(..., K)``.

    Where a class was never labelled: 1 if it does not occur in gold either, else 0.
    """
    m = _square(matrix)
    return _ratio(_hits(m), m.sum(axis=-2), empty=m.sum(axis=-1) == 0)


def recall(matrix: ArrayLike) -> Floats:
    """Of what is a class in gold, the share that was labelled so; 0 to 1, shape ``(..., K)``.

    Where a class does not occur in gold: 1 if it was never labelled either, else 0.
    """
    m = _square(matrix)
    return _ratio(_hits(m), m.sum(axis=-1), empty=m.sum(axis=-2) == 0)


def f1(matrix: ArrayLike) -> Floats:
    """Twice the hits by the sum of gold and labels of a class (van Rijsbergen 1979), shape ``(..., K)``.

    1 where a class occurs on neither side.
    """
    m = _square(matrix)
    both = m.sum(axis=-1) + m.sum(axis=-2)
    return _ratio(2 * _hits(m), both, empty=both == 0)


def macro_f1(matrix: ArrayLike, *, first: int | None = None) -> Floats:
    """Mean F1 of the classes that occur in gold or in labels, 0 to 1, shape ``(...)``; 1 where none does.

    A rare class weighs as much as a common one, so nobody scores well by naming the commonest class always.

    Args:
        matrix: ``(..., K, K)``.
        first: Average the first so many classes only, where the others stand for something else ("no answer").
    """
    m = _square(matrix)
    occurs = (m.sum(axis=-1) + m.sum(axis=-2) > 0)[..., :first]
    total = np.where(occurs, f1(m)[..., :first], 0.0).sum(axis=-1)
    return _ratio(total, occurs.sum(axis=-1).astype(np.float64), empty=~occurs.any(axis=-1))


def cohen_kappa(matrix: ArrayLike) -> Floats:
    """Agreement beyond chance: ``(observed - expected) / (1 - expected)`` (Cohen 1960).

    Expected is the agreement of two annotators who keep how often they use each class, but throw dice.

    Returns:
        -1 to 1, shape ``(...)``. 1 where nothing was decided, and where both sides name one and the same class
        only: nothing disagrees.

    Example:
        >>> float(cohen_kappa([[20, 5], [10, 15]]).round(3))
        0.4
    """
    m = _square(matrix)
    whole = m.sum(axis=(-2, -1))
    observed = _ratio(np.trace(m, axis1=-2, axis2=-1), whole, empty=whole == 0)
    chance = (m.sum(axis=-1) * m.sum(axis=-2)).sum(axis=-1)
    expected = _ratio(chance, whole**2, empty=whole == 0)
    beyond = 1.0 - expected
    # Agreement by chance alone is 1 only where all decisions are one class on both sides.
    return _ratio(observed - expected, np.where(beyond > 1e-12, beyond, 0.0), empty=np.ones(whole.shape, dtype=bool))


def _square(matrix: ArrayLike) -> Floats:
    m = np.asarray(matrix, dtype=np.float64)
    if m.ndim < 2 or m.shape[-1] != m.shape[-2]:
        raise ValueError(f"a confusion matrix has shape (..., K, K), got {m.shape}")
    if not np.isfinite(m).all() or (m < 0).any():
        raise ValueError("a confusion matrix holds counts from 0")
    return m


def _hits(matrix: Floats) -> Floats:
    hits: Floats = np.diagonal(matrix, axis1=-2, axis2=-1)
    return hits


def _ratio(part: ArrayLike, whole: Floats, *, empty: NDArray[np.bool_]) -> Floats:
    # np.asarray: single matrices arrive here as NumPy scalars, which cannot take an out= result.
    result: Floats = np.divide(
        np.asarray(part, dtype=np.float64), whole, out=np.asarray(empty, dtype=np.float64), where=whole > 0
    )
    return result
