from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "kepu.web"
    label = "web"

    def ready(self) -> None:
        from kepu.web.signin import throttle, traces

        throttle.count_in_the_shared_cache()
        traces.listen()
