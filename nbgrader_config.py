"""nbgrader's settings for this course. `nbgrader --help` lists its commands; run them in this folder.

GOLDLABEL_COURSE     another folder than this one as the course
GOLDLABEL_EXCHANGE   where assignments are handed out and in; on a machine with many users a folder with mode 0777
GOLDLABEL_DB_URL     another gradebook than gradebook.db, for instance a PostgreSQL address
GOLDLABEL_GOLD       a private folder with your own exam gold
"""

import os
from contextlib import suppress
from pathlib import Path

from autograder.surroundings import prepare

prepare()

root = Path(os.environ.get("GOLDLABEL_COURSE") or Path(__file__).parent).resolve()
exchange = Path(os.environ.get("GOLDLABEL_EXCHANGE") or root / "exchange")
with suppress(OSError):  # where it cannot be made, nbgrader says so itself, and only when it needs it
    exchange.mkdir(exist_ok=True)

c = get_config()
c.CourseDirectory.course_id = "goldlabel"
c.CourseDirectory.root = str(root)
if os.environ.get("GOLDLABEL_DB_URL"):
    c.CourseDirectory.db_url = os.environ["GOLDLABEL_DB_URL"]
# A page that was handed in would be published with the feedback.
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", "*.html"]
c.Exchange.root = str(exchange)

# Intake: submissions are put in order before anything looks at them, and a learner's first one counts
# (IntakeCollect.first_counts = False: the last one).
c.ExchangeFactory.collect = "autograder.gate.IntakeCollect"
c.Autograde.exporter_class = "autograder.gate.IntakeExporter"

# nbgrader's own list with ScoreLabels in the place of Execute: assignments are graded from label files alone, so
# no learner's code runs here at all. (Code questions come with a sandboxed kernel of their own, later.)
c.Autograde.autograde_preprocessors = [
    "autograder.plugin.ScoreLabels",
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]
