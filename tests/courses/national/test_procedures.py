import pytest
from django.utils import timezone

from courses.national.loading import Loader
from courses.national.procedures import install_procedure
from courses.procedures.models import Clause, Procedure

pytestmark = pytest.mark.django_db


def install():
    return install_procedure(Loader(timezone.now()))


def test_the_model_is_installed_once_and_marked_as_a_model():
    clauses = install()
    (procedure,) = Procedure.objects.all()
    assert procedure.is_model
    assert procedure.in_force.wordings.count() == len(clauses) == 9
    assert Clause.objects.get(pk=clauses["4"]).title == "Call"
    assert install() == clauses


def test_one_that_somebody_renamed_is_theirs():
    install()
    Procedure.objects.update(name="Our own")
    assert install() == {}
    assert Procedure.objects.count() == 1
