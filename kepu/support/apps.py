from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupportConfig(AppConfig):
    name = "kepu.support"
    label = "support"
    verbose_name = _("帮助")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kepu.support import jobs  # noqa: F401  registers the outbox handler
