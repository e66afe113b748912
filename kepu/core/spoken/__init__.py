"""Dates, times and spans as people write them in a cell: 9月17日上午9:00-11:30, 9.17-9.23, 9月每周六上午. Pure.

:func:`read` gives the sessions that a cell names, each with its days and, where an hour was written, its instants in
China's time; a flag for everything that is doubtful or wrong; the words that are not about time; and how sure the
reading is. A cell is a small table of its own, days by hours: running text, in which a date bounds something, is read
elsewhere.
"""

from kepu.core.spoken.reading import read
from kepu.core.spoken.values import Around, Flag, Session, Spoken

__all__ = ["Around", "Flag", "Session", "Spoken", "read"]
