"""Opens every sheet of a workbook once, in a process of its own, and says nothing: whether it can be opened is the answer.

A reader lays a sheet out as one block from its first cell to its last, so that two cells at opposite corners ask for all
the memory there is, and the reader then ends its process. Started as a script; the workbook comes in.
"""

from __future__ import annotations

import io
import sys

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum


def main() -> None:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        for index, about in enumerate(book.sheets_metadata):
            if about.typ is SheetTypeEnum.WorkSheet:
                book.get_sheet_by_index(index)
    except (CalamineError, OSError, ValueError):
        return  # what is only broken is told apart by whoever asked, when it opens it


if __name__ == "__main__":
    main()
