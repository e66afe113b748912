from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "kepu.notices"
    label = "notices"
    verbose_name = _("通知与规则")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kepu.notices import copy_jobs, handing_over, jobs  # noqa: F401  register outbox handlers and the keeper
