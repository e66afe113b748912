import os

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "kepu.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.core import checks

        from kepu.core.checks import a_rehearsal_posts_nothing, the_database_is_of_this_space
        from kepu.core.db import begin_anew

        os.register_at_fork(after_in_child=begin_anew)
        checks.register(the_database_is_of_this_space, checks.Tags.database)
        checks.register(a_rehearsal_posts_nothing)
