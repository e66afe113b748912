from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RehearsalConfig(AppConfig):
    name = "kepu.rehearsal"
    label = "rehearsal"
    verbose_name = _("演练")
    default_auto_field = "django.db.models.BigAutoField"
