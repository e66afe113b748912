from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "kepu.web"
    label = "web"

    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kepu.web import jobs  # noqa: F401  registers the outbox handlers
        from kepu.web.signin import throttle, traces

        throttle.count_in_the_shared_cache()
        traces.listen()
