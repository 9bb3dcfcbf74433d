"""The name at the foot of the admin's menu: the person's, not the log-in name made by chance."""

from wagtail.admin.telepath import register
from wagtail.admin.ui.sidebar import BaseSidebarAdapter, MainMenuModule


class NamedMainMenu(BaseSidebarAdapter):
    js_constructor = "wagtail.sidebar.MainMenuModule"

    def js_args(self, module):
        entries, account, user = module.js_args()
        return [entries, account, {**user, "name": str(module.user)}]


def name_the_person():
    register(NamedMainMenu(), MainMenuModule)
