"""Every model of the app, where Django looks for them."""

from certificates.batches.models import PrintPart, PrintRun, PrintRunItem
from certificates.designs import (
    ATTENDANCE_WORDS,
    COMPLETION_WORDS,
    CourseDesign,
    Design,
    DesignSignature,
    private_storage,
)
from certificates.refreshers.models import (
    RefresherCall,
    RefresherCalled,
    RefresherDone,
    RefresherPoint,
    RefresherQuestion,
    RefresherTry,
)
from certificates.rows import (
    Certificate,
    CertificateArt,
    CertificateEvent,
    CertificateFile,
    NumberSeries,
    SecondPerson,
)

__all__ = [
    "ATTENDANCE_WORDS",
    "COMPLETION_WORDS",
    "Certificate",
    "CertificateArt",
    "CertificateEvent",
    "CertificateFile",
    "CourseDesign",
    "Design",
    "DesignSignature",
    "NumberSeries",
    "PrintPart",
    "PrintRun",
    "PrintRunItem",
    "RefresherCall",
    "RefresherCalled",
    "RefresherDone",
    "RefresherPoint",
    "RefresherQuestion",
    "RefresherTry",
    "SecondPerson",
    "private_storage",
]
