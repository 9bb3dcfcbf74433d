"""The checks, in the order in which they are told. To add one, copy a file in `checks/` and name it here."""

from lms.doctor.checks.address import Address
from lms.doctor.checks.backups import Backups
from lms.doctor.checks.clock import Clock
from lms.doctor.checks.database import Database
from lms.doctor.checks.deployment import Deployment
from lms.doctor.checks.directory import Directory
from lms.doctor.checks.disk import Disk
from lms.doctor.checks.letters import Letters
from lms.doctor.checks.long_works import LongWorks
from lms.doctor.checks.mail import MailServer
from lms.doctor.checks.maintenance import Maintenance
from lms.doctor.checks.migrations import Migrations
from lms.doctor.checks.private_files import PrivateFiles
from lms.doctor.checks.secret import Secret
from lms.doctor.checks.shared_cache import SharedCache
from lms.doctor.checks.signatories import Signatories
from lms.doctor.checks.staff import SecondStep, Succession
from lms.doctor.checks.static_files import StaticFiles
from lms.doctor.checks.timers import Timers
from lms.doctor.checks.worker import Worker

CHECKS = (
    # What the site stands on
    Database(),
    Migrations(),
    Disk(),
    Clock(),
    SharedCache(),
    StaticFiles(),
    Address(),
    Maintenance(),
    # What runs by itself
    Worker(),
    LongWorks(),
    Timers(),
    MailServer(),
    Letters(),
    Backups(),
    # What must be kept closed
    Deployment(),
    Secret(),
    PrivateFiles(),
    SecondStep(),
    # What somebody has to look after
    Succession(),
    Directory(),
    Signatories(),
)
