"""Activities from a town's or a city's own sheet (收表): read, checked line by line, filed through the activities' own acts.

The nouns: a *sheet import*, one table that somebody handed in for a unit; its *lines*, each with its cells as they stand
in the sheet, what was read from them and what filing would find; a *column mapping*, remembered for a unit and a header.
What is always true: a dry run writes no activity; a line makes at most one activity, however often the sheet is handed in
or the work is taken up again; one line that is refused holds up no other; filing is the person's act, whose post must
still hold when it is done. ``reading`` is pure: bytes and cells in, content and faults out.
"""
