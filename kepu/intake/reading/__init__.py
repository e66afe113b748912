"""Reading a sheet of activities: the table in the file, its columns, and what each row says. Pure.

:func:`read_table` finds the table and matches its columns; :func:`read_line` turns one of its rows into what an activity
may hold, with a sentence for all that stays unread. ``FIELDS`` are the fields a person may match a column to.
"""

from kepu.intake.reading.columns import FIELDS, Column
from kepu.intake.reading.context import Context
from kepu.intake.reading.lines import Fault, ReadLine, read_line
from kepu.intake.reading.sheet import RawRow, Table, read_table

__all__ = [
    "FIELDS", "Column", "Context", "Fault", "RawRow", "ReadLine", "Table", "read_line", "read_table",
]  # fmt: skip
