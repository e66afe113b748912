from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "kepu.intake"
    label = "intake"
    verbose_name = _("收表")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kepu.intake import jobs  # noqa: F401  registers the outbox handlers
