"""Every model of the app's areas, where Django looks for them."""

from lms.home.models import HomePage, InfoPage, SiteTexts

__all__ = ["HomePage", "InfoPage", "SiteTexts"]
