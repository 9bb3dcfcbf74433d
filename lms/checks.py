"""Misconfiguration that speaks at start-up instead of at the worst moment."""

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register


def _inside(path, folder):
    return Path(folder).resolve() in [Path(path).resolve(), *Path(path).resolve().parents]


@register(Tags.files)
def private_files_have_no_address(app_configs, **kwargs):
    """Signatures and crests must not lie where the web server hands files out."""
    if settings.FILES_IN_BUCKETS:
        return []
    private = settings.STORAGES["private"]["OPTIONS"]["location"]
    return [
        Error(
            f"PRIVATE_ROOT lies inside {name}: private files would have a public address.",
            hint="Put PRIVATE_ROOT beside it, in a folder that the web server does not serve.",
            id="lms.E001",
        )
        for name, folder in (("MEDIA_ROOT", settings.MEDIA_ROOT), ("STATIC_ROOT", settings.STATIC_ROOT))
        if _inside(private, folder)
    ]


@register(Tags.files)
def backups_are_no_files_of_the_site(app_configs, **kwargs):
    """Inside a folder that is backed up each backup would hold all the earlier ones."""
    private = settings.STORAGES["private"]["OPTIONS"].get("location", "")
    return [
        Error(
            f"BACKUP_ROOT lies inside {name}.",
            hint="Put BACKUP_ROOT beside it, in a folder that is neither served nor backed up.",
            id="lms.E010",
        )
        for name, folder in (
            ("MEDIA_ROOT", settings.MEDIA_ROOT),
            ("PRIVATE_ROOT", private),
            ("STATIC_ROOT", settings.STATIC_ROOT),
        )
        if folder and _inside(settings.BACKUP_ROOT, folder)
    ]


@register(Tags.urls)
def the_site_knows_its_address(app_configs, **kwargs):
    """Certificates print SITE_URL; a wrong one cannot be called back."""
    address = urlsplit(settings.SITE_URL)
    if address.scheme not in ("http", "https") or not address.netloc or address.path:
        return [
            Error(
                f"SITE_URL is “{settings.SITE_URL}”.",
                hint="Give scheme and host alone, such as https://learning.example.org",
                id="lms.E002",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def the_address_is_allowed(app_configs, **kwargs):
    host = urlsplit(settings.SITE_URL).hostname or ""
    allowed = settings.ALLOWED_HOSTS
    if any(name in ("*", host) or (name.startswith(".") and host.endswith(name)) for name in allowed):
        return []
    return [
        Error(
            f"SITE_URL's host “{host}” is not among ALLOWED_HOSTS.",
            hint=f"Set ALLOWED_HOSTS={host}",
            id="lms.E003",
        )
    ]


@register(Tags.security, deploy=True)
def mail_leaves_the_machine(app_configs, **kwargs):
    """Sign-up and password reset need mail; the default prints it on the console."""
    if settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        return [
            Warning(
                "EMAIL_URL is not set: mail is printed, not sent. Nobody can confirm an address.",
                hint="For example EMAIL_URL=smtp+tls://user:password@mail.example.org:587",
                id="lms.W001",
            )
        ]
    return []


@register(Tags.files)
def files_lie_together(app_configs, **kwargs):
    """Private files in a folder and public ones in a bucket, or the other way round, is nobody's intention."""
    in_buckets = [
        settings.STORAGES[name]["BACKEND"].startswith("lms.buckets.") for name in ("default", "private")
    ]
    if len(set(in_buckets)) == 1:
        return []
    return [
        Error(
            "Public and private files lie in different kinds of store.",
            hint="Set S3_BUCKET, and S3_PRIVATE_BUCKET where private files have a bucket of their own.",
            id="lms.E004",
        )
    ]


@register(Tags.security, deploy=True)
def keys_of_buckets_travel_safely(app_configs, **kwargs):
    """Over the open network a store is asked by https."""
    address = urlsplit(settings.STORAGES["default"].get("OPTIONS", {}).get("endpoint_url") or "")
    if address.scheme != "http" or address.hostname in ("localhost", "127.0.0.1", "::1"):
        return []
    return [
        Warning(
            "S3_ENDPOINT_URL begins with http://: certificates and photographs cross the network in the clear.",
            hint="Use https://, or a network that nobody else is on.",
            id="lms.W002",
        )
    ]
