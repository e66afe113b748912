from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    name = "kepu.activities"
    label = "activities"
    verbose_name = _("活动")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kepu.activities import handing_over, jobs  # noqa: F401  register the keeper and the recount
