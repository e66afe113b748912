from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReturnsConfig(AppConfig):
    name = "kepu.returns"
    label = "returns"
    verbose_name = _("报送")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kepu.returns import handing_over, tallying  # noqa: F401  register the keeper and the recount
