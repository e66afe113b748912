"""Where clients and browsers find us as an OpenID Connect provider."""

from allauth.idp.oidc import views
from django.urls import include, path

from kepu.web.shared.views import by_method
from kepu.web.signin.issuing import authorization, configuration, where_we_vouch

_oidc = (
    [
        path(
            ".well-known/openid-configuration",
            by_method(GET=where_we_vouch(configuration)),
            name="configuration",
        ),
        path(".well-known/jwks.json", by_method(GET=where_we_vouch(views.jwks)), name="jwks"),
        path("identity/authorize", authorization, name="authorization"),
        path("identity/token", where_we_vouch(views.token), name="token"),
        path("identity/userinfo", where_we_vouch(views.user_info), name="userinfo"),
        path("identity/revoke", where_we_vouch(views.revoke), name="revoke"),
    ],
    "oidc",
)

app_name = "idp"
urlpatterns = [path("", include(_oidc))]
