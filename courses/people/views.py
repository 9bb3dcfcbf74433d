"""Pages of the log-in that allauth does not have."""

from allauth.account.views import LoginView

from courses.people.card_forms import CardForm


class CardLoginView(LoginView):
    """Sign in with a code card. Rate limits, and where it leads to, are those of the log-in page."""

    template_name = "account/card.html"

    def get_form_class(self):
        return CardForm
