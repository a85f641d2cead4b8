"""Lessons: things to do in the lab, each with a text and tasks that see what was done.

``catalogue`` has those there are, ``reading`` reads a file into a ``lesson``, and a ``course``
is a lesson on its way.
"""
