from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OversightConfig(AppConfig):
    name = "kepu.oversight"
    label = "oversight"
    verbose_name = _("统计与督导")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kepu.core import telling
        from kepu.oversight import jobs  # noqa: F401  registers the outbox handler

        telling.load()
