"""Labelling widgets for notebooks: one shared base, one widget a task type.

The Python side is thin: it shows an item, applies what the browser's outbox says to the store, and answers.
The JavaScript side is in ``src/`` (readable) and ``static/`` (what ``npm run build`` makes of it).
"""
