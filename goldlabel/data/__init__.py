"""Where data sets, exercises and media come from.

A data set is a folder under ``datasets/``: ``items.jsonl``, ``media/``, ``gold/practice.json``, ``exercises/``
and ``datasheet.md``. Exam gold is never here. Three kinds look the same once they are there: sets that come with the
course, sets whose media an installed package holds (:mod:`goldlabel.data.packaged`), and sets that are downloaded
(:mod:`goldlabel.data.fetching`).
"""

from goldlabel.data.items import datasets_folder, draw, load_items, practice_gold
from goldlabel.data.media import data_uri, media_path
from goldlabel.data.packaged import load_packaged

__all__ = ["data_uri", "datasets_folder", "draw", "load_items", "load_packaged", "media_path", "practice_gold"]
