"""Every model of the app's areas, where Django looks for them."""

from lms.archive.models import ArchiveOrder
from lms.backups.models import Backup, Rehearsal
from lms.doctor.models import TimerRun
from lms.erasing.models import Erasure, KeepingTimes
from lms.handover.models import Handover, HandoverRecord, HandoverTaken
from lms.home.models import HomePage, InfoPage, SiteTexts
from lms.looks.models import Look
from lms.reminding.models import Reminder
from lms.reports.figures.parts_done import PartDone
from lms.reports.figures.training import Attended, Certified, Completed, Earlier, Tested, Training
from lms.reports.packs.models import Pack, PackOrder, PackWording

__all__ = [
    "ArchiveOrder",
    "Attended",
    "Backup",
    "Certified",
    "Completed",
    "Earlier",
    "Erasure",
    "Handover",
    "HandoverRecord",
    "HandoverTaken",
    "HomePage",
    "InfoPage",
    "KeepingTimes",
    "Look",
    "Pack",
    "PackOrder",
    "PackWording",
    "PartDone",
    "Rehearsal",
    "Reminder",
    "SiteTexts",
    "Tested",
    "TimerRun",
    "Training",
]
