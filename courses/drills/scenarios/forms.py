from courses.catalogue.gate_form import GatedPageForm


class ScenarioPageForm(GatedPageForm):
    """Offers the short names there are where a choice leads on."""

    class Media:
        js = ["lms/desk-scenario.js"]
