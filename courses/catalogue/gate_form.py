"""Forms that name what stops a page from being published; saving a draft asks nothing."""

from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm


class GatedForm(WagtailAdminModelForm):
    """Use as `base_form_class` of a model with GatedPage."""

    def _post_clean(self):
        # Only here has the instance got what was typed.
        super()._post_clean()
        # Whoever sends a page back, or cancels a workflow, need not repair it first.
        sends_back = self.data.get("workflow-action-name", "approve") != "approve"
        if not self.is_deferred_validation and not self.errors and not sends_back:
            for problem in self.instance.problems():
                self.add_error(None, problem)


class GatedPageForm(GatedForm, WagtailAdminPageForm):
    """The same for pages."""
