"""Every model of the app's areas, where Django looks for them."""

from lms.home.models import HomePage, InfoPage, SiteTexts
from lms.reminding.models import Reminder
from lms.reports.figures.parts_done import PartDone
from lms.reports.figures.training import Certified, Tested, Training

__all__ = ["Certified", "HomePage", "InfoPage", "PartDone", "Reminder", "SiteTexts", "Tested", "Training"]
