"""New learners in a browser that knows the app: Streamlit's scripts, compiled once, make a load half as costly."""

from playwright.sync_api import Browser, BrowserContext, Page

OF_PAGES = ("viewport", "color_scheme", "reduced_motion")  # options of a context that a page can have as well


class Visitors:
    """Contexts that are used again. Who comes has no cookie and nothing stored, and is a new learner to the app."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.here: list[tuple[str | None, BrowserContext]] = []
        self.away: dict[str, list[BrowserContext]] = {}  # by their options

    def come(self, once: bool = False, **options: object) -> Page:
        """A new learner's page; ``options`` are those of a context.

        ``once``: in a context that knows nothing of the app yet, and is not used again.
        """
        lasting = {name: value for name, value in options.items() if name not in OF_PAGES}
        kind = repr(sorted(lasting.items()))
        again = not once and self.away.get(kind)
        context = again.pop() if again else self.browser.new_context(**lasting)
        self.here.append((None if once else kind, context))
        page = context.new_page()
        page.set_viewport_size(options.get("viewport", {"width": 1400, "height": 900}))
        page.emulate_media(color_scheme=options.get("color_scheme"), reduced_motion=options.get("reduced_motion"))
        return page

    def leave(self) -> None:
        """All close their pages and take with them what they stored."""
        for kind, context in self.here:
            if kind is None:
                context.close()
                continue
            for page in context.pages:
                if page.url.startswith("http"):
                    page.evaluate("localStorage.clear()")
                page.close()
            context.clear_cookies()
            self.away.setdefault(kind, []).append(context)
        self.here.clear()
