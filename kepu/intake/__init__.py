"""Intake (收表): the tables that towns, cities and societies keep of their activities, taken in without typing them again.

The nouns: a *sheet import*, one table that somebody handed in for a unit; its *lines*, each with its cells as they stand
in the sheet, what was read from them and what filing would find; a *column mapping*, remembered for a unit and a header.
In :mod:`kepu.intake.reading`, which is pure, a *table* is what a file holds below its header, a *column* one of its headers
with the field it was matched to, a *reading* what one row says, with a *fault* for everything in it that could not be read.
What is always true: nothing that stands in a sheet is dropped without a word; what a person decided about a column wins
over every guess; a dry run makes no activity; a line makes at most one, however often the sheet is handed in or the work is
taken up again; one line that is refused holds up no other; filing is the person's act, whose post must still hold.
"""
