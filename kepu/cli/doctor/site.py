"""How the site answers: no debugging, its own names only, https, and the fences for those who ask too much."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import validate_host
from django.utils.translation import gettext as _

from kepu.cli.doctor.finding import Finding, fault, fine, warning


def findings(_at: datetime) -> Iterator[Finding]:
    yield _debug()
    yield from _hosts()
    yield from _https()
    yield _space()
    yield _limits()


def _debug() -> Finding:
    if settings.DEBUG:
        return fault(
            "site.debug", _("调试方式开着。"), _("出错的页面会把设置和代码给所有人看。"),
            _("正式运行用 DJANGO_SETTINGS_MODULE=kepu.config.settings.production。"),
        )  # fmt: skip
    return fine("site.debug", _("调试方式关着。"))


def _hosts() -> Iterator[Finding]:
    hosts = list(settings.ALLOWED_HOSTS)
    if not hosts or "*" in hosts:
        yield fault(
            "site.hosts", _("网站对任何域名都应答（KEPU_HOSTS）。"),
            _("别人可以借用另一个域名，让重设密码的邮件带上他的链接。"), _("在 KEPU_HOSTS 里只写自己的域名。"),
        )  # fmt: skip
        return
    public = urlsplit(settings.KEPU_PUBLIC_URL)
    if not public.hostname or not validate_host(public.hostname, hosts):
        yield fault(
            "site.hosts", _("对外地址 %(url)s 不在 KEPU_HOSTS 之内。") % {"url": settings.KEPU_PUBLIC_URL},
            _("邮件里的链接打不开。"), _("让 KEPU_PUBLIC_URL 和 KEPU_HOSTS 说的是同一个域名。"),
        )  # fmt: skip
    else:
        yield fine("site.hosts", _("只对自己的域名应答：%(hosts)s。") % {"hosts": "、".join(hosts)})


def _https() -> Iterator[Finding]:
    encrypted = (
        settings.SECURE_SSL_REDIRECT and settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE
    )
    if not encrypted and settings.KEPU_REHEARSAL:
        yield fine("site.https", _("演练空间可以不用 https。"))
        return
    if not encrypted:
        yield fault(
            "site.https", _("没有要求用 https 访问。"), _("密码和登录状态会以明文经过网络。"),
            _("去掉 KEPU_HTTPS=0，在前面的服务器上装好证书；只有完全封闭的内网例外。"),
        )  # fmt: skip
    elif not settings.KEPU_PUBLIC_URL.startswith("https://"):
        yield fault(
            "site.https", _("对外地址不是 https：%(url)s") % {"url": settings.KEPU_PUBLIC_URL},
            _("邮件里的链接先走一次明文。"), _("把 KEPU_PUBLIC_URL 改成 https:// 开头。"),
        )  # fmt: skip
    else:
        yield fine("site.https", _("所有访问都走 https，Cookie 只随 https 发送。"))
    if encrypted and not settings.SECURE_PROXY_SSL_HEADER:
        yield warning(
            "site.proxies", _("没有说明前面有几层代理（KEPU_TRUSTED_PROXIES）。"),
            _("证书通常在前面的服务器上：不说明，网站会不停地转向 https，也会把所有访问者当成同一个地址。"),
            _("有一层 nginx 就写 KEPU_TRUSTED_PROXIES=1；没有代理可不管这一条。"),
        )  # fmt: skip


def _space() -> Finding:
    if settings.KEPU_REHEARSAL:
        return warning(
            "site.rehearsal", _("这是演练空间（KEPU_REHEARSAL）。"), _("这里的时钟和单位都是虚构的，填报不算数。"),
            _("正式的一届请另装一套，不设 KEPU_REHEARSAL。"),
        )  # fmt: skip
    return fine("site.rehearsal", _("这是正式的空间。"))


def _limits() -> Finding:
    if not settings.KEPU_LIMITS:
        return fault(
            "site.limits", _("提交次数没有限制（KEPU_LIMITS=0）。"), _("一个人或一个程序就能占满服务器。"),
            _("去掉 KEPU_LIMITS=0；嫌紧就写 2 或 3。"),
        )  # fmt: skip
    return fine("site.limits", _("提交次数有限制。"))
