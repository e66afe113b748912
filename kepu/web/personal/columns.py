"""What the portal keeps of people: the pages that it drew, as long as the copies they were drawn from are as they were."""

from django.utils.translation import gettext_lazy as _

from kepu.core.personal import Ground, Kept, declare, emptied, free

DRAWN = "web.drawn"

declare(
    DRAWN, "parts", what=_("画好的活动页面，里面有图片和图片旁的署名"), whose=_("图片里能认出的人，署名的人"),
    purpose=_("让公众很快看到活动"), seen_by=_("公众"), season="publication__season", erase=emptied, kept=Kept.SEASON,
    ground=Ground.DUTY,
)  # fmt: skip
free(DRAWN, "language", "of_copy", "release", "card")
free("web.beside", "found")
