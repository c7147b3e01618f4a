"""What every labelling widget shares: which item is shown, and saving that the browser can rely on.

A save is *acknowledged*. The browser puts every change in its outbox and keeps a draft until the kernel says
"on disk". The kernel (this module) applies the outbox in order, once, and answers each edit by ``saved``. An
edit without an answer is shown to the learner as not saved, and is sent again after a restart.

A task type subclasses :class:`Labeller` and says how a picture is loaded and what a valid annotation is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any
from uuid import uuid4

import anywidget
import msgspec
import traitlets

from goldlabel.annotations import Annotation, Item, ItemLabels
from goldlabel.errors import DataError, GoldlabelError, StoreConflictError
from goldlabel.exercises import ExerciseSpec, OntologyClass
from goldlabel.review.rubric import RelationRubric, SpanRubric
from goldlabel.review.wording import thing
from goldlabel.store import LabelStore
from goldlabel.widgets.fallback import static_html
from goldlabel.widgets.guideline import guideline_html
from goldlabel.widgets.pictures import Picture, load_picture
from goldlabel.widgets.protocol import Chain, Edit, Outbox, Problem, answer
from goldlabel.widgets.sounds import load_sound, media_type

__all__ = ["STATIC", "Labeller"]

STATIC = Path(__file__).parent / "static"
"""What ``npm run build`` makes: one module and one style sheet a task."""

MOST_UNDO = 30
"""Earlier states of an item that travel to the browser, so that undo works across sessions."""


class Labeller(anywidget.AnyWidget):
    """A widget that labels the items of one exercise.

    Args:
        spec: The exercise.
        items: Its items, in labelling order.
        store: Where labels are kept.
        check: Called with an item id when the learner asks for a check; returns HTML. ``None`` (an exam):
            there is no such button.
    """

    # Kernel to browser.
    session = traitlets.Unicode().tag(sync=True)
    exercise = traitlets.Dict().tag(sync=True)
    items: traitlets.List[Any] = traitlets.List().tag(sync=True)
    item = traitlets.Dict().tag(sync=True)
    past: traitlets.List[Any] = traitlets.List().tag(sync=True)
    media = traitlets.Bytes().tag(sync=True)
    saved = traitlets.Dict().tag(sync=True)
    # Browser to kernel. Never echoed: an echo that arrives late would overwrite a newer stroke.
    value = traitlets.Dict().tag(sync=True, echo_update=False)
    goto = traitlets.Dict().tag(sync=True, echo_update=False)

    def __init__(
        self,
        spec: ExerciseSpec,
        items: Sequence[Item],
        store: LabelStore,
        *,
        check: Callable[[str], str] | None = None,
    ) -> None:
        self._spec = spec
        self._items = {item.id: item for item in items}
        self._store = store
        self._check = check
        self._chains: dict[tuple[str, str], Chain] = {}
        self._turn = 0
        store.refresh()
        # Everything goes with the message that opens the widget: the browser starts from whole state.
        super().__init__(
            session=uuid4().hex, exercise=self._describe(), items=self._listed(), **self._shown(self._first_open())
        )
        self.observe(self._on_value, "value")
        self.observe(self._on_goto, "goto")
        self.on_msg(self._on_message)

    # --- for Python code -----------------------------------------------------------------------------

    def annotations(self, item_id: str) -> tuple[Annotation, ...]:
        """The labels of one item as they are on disk now."""
        return self._store.refresh().of(item_id).annotations

    def __repr__(self) -> str:
        labels = self._store.labels
        done = sum(labels.of(item).done for item in self._items)
        return f"<{type(self).__name__} {self._spec.id}: {done} of {len(self._items)} items done>"

    def _repr_mimebundle_(self, **kwargs: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]] | None:
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is None:
            return None
        data, metadata = bundle
        return {**data, "text/html": self._still()}, metadata

    # --- for task types ------------------------------------------------------------------------------

    def _still(self) -> str:
        """HTML that stands in the widget's place where no kernel runs."""
        return static_html(self._spec.title, tuple(self._items.values()), self._store.labels, self._spec.colors)

    def _load_media(self, item: Item) -> Picture:
        """What the browser shows of ``item`` beside its text.

        Raises:
            DataError: It is missing or damaged.
        """
        if item.text:
            return Picture(b"")
        if item.sound:
            return Picture(load_sound(self._spec.dataset, item))
        return load_picture(self._spec.dataset, item)

    def _tidy(self, item: Item, annotations: Sequence[Annotation]) -> tuple[Annotation, ...]:
        """``annotations`` as they may be saved.

        Raises:
            DataError: One of them cannot be mended (unknown class, not a number).
        """
        raise NotImplementedError

    # --- showing -------------------------------------------------------------------------------------

    def _describe(self) -> dict[str, Any]:
        spec = self._spec
        return {
            "id": spec.id,
            "title": spec.title,
            "mode": spec.mode,
            "check": self._check is not None,
            "classes": [
                {**_described(one, spec), "key": str((n + 1) % 10) if n < 10 else ""}
                for n, one in enumerate(spec.classes)
            ],
            "given": [{**_described(one, spec), "key": ""} for one in spec.given],
            "redaction": isinstance(spec.rubric, SpanRubric) and spec.rubric.scheme == "redaction",
            "attributes": [{"name": one.name, "hint": one.hint, "key": one.key} for one in spec.attributes],
            "skeleton": None if spec.skeleton is None else msgspec.to_builtins(spec.skeleton),
            "guideline": guideline_html(spec.guideline),
            "thing": thing(list(self._items.values())),
            "question": spec.question,
            "speech": False,
            "typed": False,
            "most_words": 0,
            "file_id": self._store.labels.file_id,
        }

    def _listed(self) -> list[dict[str, Any]]:
        labels = self._store.labels
        return [
            {"id": item, "n": n, "rev": one.rev, "status": _status(one), "flag": one.flag}
            for n, item in enumerate(self._items, start=1)
            for one in [labels.of(item)]
        ]

    def _first_open(self) -> str:
        """The first item that still waits; the first of all when none does."""
        labels = self._store.labels
        waiting = (item for item in self._items if not (labels.of(item).done or labels.of(item).skipped))
        return next(waiting, next(iter(self._items)))

    def _shown(self, item_id: str) -> dict[str, Any]:
        """The traits that belong to showing one item."""
        picture, problem = Picture(b""), ""
        try:
            picture = self._load_media(self._items[item_id])
        except DataError as error:
            problem = f"{error.what}. {error.todo}".strip()
        return {
            "media": picture.data,
            "past": [msgspec.to_builtins(state) for state in self._past(item_id)],
            "item": self._item_state(item_id, scale=picture.scale, problem=problem),
        }

    def _show(self, item_id: str) -> None:
        """Send one item with everything that belongs to it, in one message."""
        with self.hold_sync():
            self.items = self._listed()
            for name, value in self._shown(item_id).items():
                setattr(self, name, value)

    def _past(self, item_id: str) -> tuple[tuple[Annotation, ...], ...]:
        """Earlier states of an item, oldest first; the first of all is the empty picture, which no event holds."""
        states = self._store.history(item_id, most=MOST_UNDO)
        oldest = states[0] if states else self._store.labels.of(item_id).annotations
        return ((), *states) if oldest and len(states) < MOST_UNDO else states

    def _item_state(self, item_id: str, *, scale: float, problem: str) -> dict[str, Any]:
        item, labels = self._items[item_id], self._store.labels.of(item_id)
        return {
            "id": item.id,
            "n": list(self._items).index(item_id) + 1,
            "width": item.width,
            "height": item.height,
            "alt": item.alt,
            "text": item.text,
            "beside": item.beside,
            "given": msgspec.to_builtins(item.given),
            "sound": media_type(item),
            "seconds_long": item.seconds,
            "scale": scale,
            "problem": problem,
            **msgspec.to_builtins(labels),
        }

    def _update_shown(self) -> None:
        """Follow the store in what is shown, without sending the picture again."""
        with self.hold_sync():
            self.items = self._listed()
            self.item = self._item_state(self.item["id"], scale=self.item["scale"], problem=self.item["problem"])

    # --- hearing from the browser --------------------------------------------------------------------

    def _on_goto(self, change: Mapping[str, Any]) -> None:
        wanted = change["new"].get("item")
        if wanted in self._items:
            self._reload()
            self._show(wanted)

    def _on_value(self, change: Mapping[str, Any]) -> None:
        self._apply(change["new"])

    def _on_message(self, _widget: object, content: Mapping[str, Any], _buffers: object) -> None:
        match content.get("type"):
            case "hello":
                # A new view: what it was given may be old (a reloaded page gets the traits as they were).
                self._reload()
                self._show(self.item["id"])
                self.send({"type": "welcome", "client": content.get("client")})
            case "value":
                # The second way for an outbox: ipywidgets holds back traits when an "idle" was lost.
                self._apply(content.get("value", {}))
            case "check" if self._check is not None and content.get("item") in self._items:
                self._answer_check(self._check, content["item"])
            case _:
                pass

    def _answer_check(self, check: Callable[[str], str], item: str) -> None:
        html = "<p>The check did not work. Its error stands in the log.</p>"
        try:
            html = check(item)
        except GoldlabelError as error:
            html = f"<p>{escape(error.what)}. {escape(error.todo)}</p>"
        finally:
            self.send({"type": "feedback", "item": item, "html": html})

    def _reload(self) -> None:
        """Read the store again; when that fails, the next save tells the learner why."""
        try:
            self._store.refresh()
        except GoldlabelError as error:
            self._reply("", seq=0, item="", rev=-1, problem=Problem("disk", f"{error.what}.", error.todo))

    # --- saving --------------------------------------------------------------------------------------

    def _apply(self, value: Mapping[str, Any]) -> None:
        """Apply an outbox: every edit once, in order, each answered."""
        try:
            outbox = msgspec.convert(value, Outbox)
        except msgspec.ValidationError:
            return  # without a client there is nobody to answer
        for raw in sorted(outbox.edits, key=lambda edit: _number(edit.get("seq"))):
            self._apply_one(outbox, raw)
        self._update_shown()

    def _apply_one(self, outbox: Outbox, raw: Mapping[str, Any]) -> None:
        seq, item_id = _number(raw.get("seq")), str(raw.get("item", ""))
        rev = self._store.labels.of(item_id).rev
        problem: Problem | None = None
        try:
            edit = msgspec.convert(raw, Edit)
            if edit.item not in self._items:
                raise DataError(f"The item {edit.item!r} is not part of this exercise")  # noqa: TRY301
            rev = self._save(outbox, edit)
        except (msgspec.ValidationError, DataError) as error:
            problem = Problem("invalid", f"This change cannot be saved: {error}", "Undo it, then go on.")
        except StoreConflictError as error:
            problem = Problem("conflict", f"{error.what}.", error.todo)
            rev = self._store.labels.of(item_id).rev
        except GoldlabelError as error:
            problem = Problem("disk", f"{error.what}.", error.todo)
        self._reply(outbox.client, seq=seq, item=item_id, rev=rev, problem=problem)

    def _save(self, outbox: Outbox, edit: Edit) -> int:
        """Bring one edit to disk; return the item's revision.

        Raises:
            DataError: The annotations are not valid.
            StoreError: It could not be saved.
        """
        key = (outbox.client, edit.item)
        chain = self._chains.get(key, Chain())
        if edit.seq <= chain.seq:
            return chain.rev  # applied before; only the answer was lost
        before = self._store.refresh().of(edit.item)
        after = self._tidy(self._items[edit.item], edit.annotations)
        base = chain.base(edit.base)
        if _same(before, edit, after):
            # A draft that had reached the disk before its answer was lost, or the same stroke from two tabs.
            self._chains[key] = chain.grown(edit, before.rev)
            return before.rev
        if edit.action == "draft" and base != before.rev:
            # The draft stays in the browser, so unlike other conflicts it need not go to the journal.
            raise StoreConflictError(
                "Labels that were not saved last time were found in this browser, and the file has changed since",
                todo="Choose which to keep.",
            )
        saved = self._store.save(
            edit.item,
            after,
            base_rev=base,
            action=edit.action,
            tool=outbox.tool,
            done=edit.done,
            skipped=edit.skipped,
            flag=edit.flag,
            seconds=edit.seconds - chain.seconds,
        )
        self._chains[key] = chain.grown(edit, saved.rev)
        return saved.rev

    def _reply(self, client: str, *, seq: int, item: str, rev: int, problem: Problem | None) -> None:
        self._turn += 1
        self.saved = answer(client, seq=seq, item=item, rev=rev, turn=self._turn, problem=problem)


def _described(one: OntologyClass, spec: ExerciseSpec) -> dict[str, Any]:
    """A class as the browser needs it; what a relation may join is empty for all others."""
    symmetric = isinstance(spec.rubric, RelationRubric) and one.name in spec.rubric.symmetric
    return {**msgspec.to_builtins(one), "symmetric": symmetric}


def _status(labels: ItemLabels) -> str:
    if labels.done:
        return "done"
    if labels.skipped:
        return "skipped"
    return "started" if labels.annotations else "todo"


def _same(before: ItemLabels, edit: Edit, after: tuple[Annotation, ...]) -> bool:
    """Whether the file says already what ``edit`` wants to say."""
    return (before.annotations, before.done, before.skipped, before.flag) == (
        after,
        edit.done,
        edit.skipped,
        edit.flag,
    )


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
