"""What a sheet holds of people: contacts and whoever its cells name. It goes when the sheet is old, at the latest with the season."""

from django.utils.translation import gettext_lazy as _

from kepu.core.personal import Ground, Kept, declare, emptied, free, scrubbed

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
declare(
    "intake.sheetimport", "file_name", "sheet_name", "title", "columns", what=_("文件名、工作表名、表的标题和栏目里写到的号码和邮箱"),
    season="season", **{**_ABOUT, "erase": scrubbed},
)  # fmt: skip
free("intake.sheetimport", "signature")
free("intake.sheetline", "carried", "likeness")
free("intake.columnmapping", "signature", "columns")
