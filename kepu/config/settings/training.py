"""The training space beside a real installation: the same environment, another door.

It takes the variables of the real installation (:mod:`kepu.config.settings.production`) and shares nothing with it: its
keys are drawn from the real ones and cannot be turned back into them, so what is signed or closed in one space is worth
nothing in the other. Beside those variables:

KEPU_TRAINING_URL           where people open it, such as https://lianxi.kepu.example.cn; the real workspace leads there
KEPU_TRAINING_DATABASE_URL  its database; without it an SQLite file beside the real one. ``kepu training open`` makes it
KEPU_PUBLIC_URL             of the real installation: a banner on every page leads back there
"""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from kepu.config.database import training_database
from kepu.config.settings.production import *  # noqa: F403
from kepu.config.settings.production import DATABASES as _REAL_DATABASES
from kepu.config.settings.production import (
    KEPU_PERSONAL_KEYS,
    KEPU_PUBLIC_URL,
    KEPU_TRAINING_DATABASE_URL,
    KEPU_TRAINING_URL,
    SECRET_KEY,
)
from kepu.config.settings.rehearsing import *  # noqa: F403
from kepu.core.keys import drawn, for_training

KEPU_REHEARSAL = KEPU_TRAINING = True
KEPU_REAL_URL = KEPU_PUBLIC_URL
if not urlsplit(KEPU_TRAINING_URL).hostname or KEPU_TRAINING_URL == KEPU_PUBLIC_URL:
    raise ImproperlyConfigured(
        "KEPU_TRAINING_URL is missing, or is the address of the real site: say where the training space is opened, "
        "such as https://lianxi.kepu.example.cn"
    )
KEPU_PUBLIC_URL = KEPU_TRAINING_URL
ALLOWED_HOSTS = [str(urlsplit(KEPU_TRAINING_URL).hostname)]

SECRET_KEY_FALLBACKS = []
# nobody comes in from elsewhere, and the space vouches for nobody: its accounts are nobody's
KEPU_SIGN_IN_PROVIDERS = []
IDP_OIDC_PRIVATE_KEYS = []
KEPU_SECOND_STEP_ROLES = []
SECRET_KEY, KEPU_PERSONAL_KEYS = (
    drawn(SECRET_KEY, "kepu training: signing"),
    for_training(KEPU_PERSONAL_KEYS),
)

try:
    DATABASES = {"default": training_database(_REAL_DATABASES["default"], KEPU_TRAINING_DATABASE_URL)}
except ValueError as _fault:
    raise ImproperlyConfigured(f"KEPU_TRAINING_DATABASE_URL: {_fault}") from None
