from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrgsConfig(AppConfig):
    name = "kepu.orgs"
    label = "orgs"
    verbose_name = _("单位与地区")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kepu.orgs import jobs  # noqa: F401  registers the outbox handler
