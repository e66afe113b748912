"""What a sheet holds of people: contacts and whoever its cells name. It goes when the sheet is old, at the latest with the season."""

from django.utils.translation import gettext_lazy as _

from kepu.core.personal import Ground, Kept, declare, emptied, free

_ABOUT = {
    "whose": _("表格里写到的联系人和责任人"), "purpose": _("按单位自己的表格填报活动"), "ground": Ground.DUTY, "kept": Kept.SEASON,
    "seen_by": _("交表单位的填报人员"), "erase": emptied,
}  # fmt: skip

declare(
    "intake.sheetimport", "heading", "notes", "common", "why_stopped", what=_("表头上面填的内容、各行都一样的内容、没有当作活动的行、停下的原因（加密保存，九十天后删除）"), season="season",
    **_ABOUT,
)  # fmt: skip
declare(
    "intake.sheetline", "cells", "content", "findings", what=_("单位表格的每一行（加密保存，九十天后删除）"), season="sheet__season",
    **_ABOUT,
)  # fmt: skip
free("intake.sheetimport", "file_name", "sheet_name", "title", "signature", "columns")
free("intake.sheetline", "carried", "likeness")
free("intake.columnmapping", "signature", "columns")
