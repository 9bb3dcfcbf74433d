"""Every model of the app's areas, where Django looks for them."""

from lms.home.models import HomePage, InfoPage, SiteTexts
from lms.reminding.models import Reminder

__all__ = ["HomePage", "InfoPage", "Reminder", "SiteTexts"]
