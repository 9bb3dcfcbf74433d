"""What every template may use: names, the hotline, the menu."""


def site(request):
    return {}
