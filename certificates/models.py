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
    "SecondPerson",
    "private_storage",
]
