"""The site's names, read by every page."""

from django.core.cache import caches
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Site

from lms.home.models import SiteTexts

CACHE_KEY = "site-texts"
# Another process may have changed them; this one hears of it after a minute.
CACHE_SECONDS = 60


def site_texts():
    """The texts of the default site; the defaults where nobody has saved any."""
    texts = caches["bodies"].get(CACHE_KEY)
    if texts is None:
        texts = SiteTexts.objects.filter(site__is_default_site=True).first() or SiteTexts()
        caches["bodies"].set(CACHE_KEY, texts, CACHE_SECONDS)
    return texts


@receiver([post_save, post_delete], sender=SiteTexts)
@receiver([post_save, post_delete], sender=Site)
def forget_the_texts(**kwargs):
    caches["bodies"].delete(CACHE_KEY)
