"""Parts of one course that stand in others too: Wagtail's aliases, each below its own course page.

An alias has the content of its original and a record of its own: another translation key, so
what people do in one course counts in that course alone.
"""


class ReusedPage:
    """Mixin for pages whose publishing reaches their aliases. Before Page."""

    def update_aliases(self, *, revision=None, _content=None, **kwargs):
        """Called within the publishing of the original, and past the gate of the aliases: what would
        stop an alias has to be among `problems()` of its original. If one fails, nothing is published.
        """
        # Wagtail calls this too when the original is only due later: the aliases wait with it.
        if not self.live:
            return
        if revision is not None:
            # The content was saved before it went live. What is kept of a lesson is kept by this number.
            _content = {**(_content or revision.content), "live_revision": revision.pk, "expired": False}
        super().update_aliases(revision=revision, _content=_content, **kwargs)

    update_aliases.alters_data = True
