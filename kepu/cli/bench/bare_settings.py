"""The settings of :mod:`kepu.cli.bench.bare`: those of a place of work, with nothing between the server and a view."""

from kepu.config.settings.production import *  # noqa: F403

# allauth refuses to be installed without its own, which does next to nothing for a page of the public
MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]
ROOT_URLCONF = "kepu.cli.bench.bare"
