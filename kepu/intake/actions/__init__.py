"""Acts on a sheet of activities.

start_import(token, *, data, file_name, season, by, at)
choose_columns(sheet, fields, *, expected_version, by, at)
change_line(sheet, line, cells, *, expected_version, by, at)    split_line(sheet, line, *, by, at)
file_lines(sheet, *, as_drafts, with_doubles, expected_version, by, at)
resume_import(sheet, *, by, at)                          cancel_import(sheet, *, by, at)

What the worker does, chunk by chunk, each safe to do again:
check_some(sheet_id, *, at)                              file_some(sheet_id, *, at)
forget_cells(*, before, at)
"""

from kepu.intake.actions.checking import check_some
from kepu.intake.actions.columns import choose_columns
from kepu.intake.actions.filing import file_lines, file_some
from kepu.intake.actions.forgetting import forget_cells
from kepu.intake.actions.lines import change_line, split_line
from kepu.intake.actions.standing import cancel_import, resume_import
from kepu.intake.actions.starting import start_import

__all__ = [
    "cancel_import", "change_line", "check_some", "choose_columns", "file_lines", "file_some", "forget_cells", "resume_import",
    "split_line", "start_import",
]  # fmt: skip
