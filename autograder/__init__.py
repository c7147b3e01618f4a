"""The instructor's side: hidden gold, the trusted scorer, intake, and the round through nbgrader.

Learners never need this package: it imports ``goldlabel``, and ``goldlabel`` never imports it.
"""
