"""Pages are compressed here, so that every site keeps the budgets: the demo, and one without nginx too."""

from django.middleware.gzip import GZipMiddleware

# Films, pictures, PDF and sheets are compressed in themselves, and a film is asked for in pieces.
COMPRESSIBLE = (
    "text/",
    "application/javascript",
    "application/json",
    "application/manifest+json",
    "image/svg+xml",
)


class CompressedPages(GZipMiddleware):
    """gzip for text. Django pads each answer by a random length, against guessing a secret by its size.

    nginx compresses without that padding, but leaves alone what is compressed already.
    """

    def __call__(self, request):
        # A compressed answer has a weak mark; WhiteNoise knows only the strong one it gave.
        if mark := request.META.get("HTTP_IF_NONE_MATCH"):
            request.META["HTTP_IF_NONE_MATCH"] = mark.removeprefix("W/")
        return super().__call__(request)

    def process_response(self, request, response):
        is_text = response.get("Content-Type", "").startswith(COMPRESSIBLE)
        if not is_text or response.status_code in (206, 304):
            return response
        return super().process_response(request, response)
