"""New learners at a browser that knows the app: in a tab that was used before, a page costs 1.0 s of CPU, not 2.5."""

from playwright.sync_api import Browser, Page

OF_PAGES = ("viewport", "color_scheme", "reduced_motion")  # options of a context that a page can have as well


class Visitors:
    """Pages that are used again. Who comes has no cookie and nothing stored, and is a new learner to the app."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.here: list[tuple[str | None, Page]] = []
        self.away: dict[str, list[Page]] = {}  # by the options of their contexts

    def come(self, once: bool = False, **options: object) -> Page:
        """A page in a context of its own; ``options`` are those of a context.

        ``once``: one that is new and is not used again. For what stays with a page or its context: a stopped clock, a
        route, a script at its beginning, a history that is counted.
        """
        lasting = {name: value for name, value in options.items() if name not in OF_PAGES}
        kind = repr(sorted(lasting.items()))
        waiting = [] if once else self.away.get(kind, [])
        page = waiting.pop() if waiting else self.browser.new_context(**lasting).new_page()
        self.here.append((None if once else kind, page))
        page.set_viewport_size(options.get("viewport", {"width": 1400, "height": 900}))
        page.emulate_media(color_scheme=options.get("color_scheme"), reduced_motion=options.get("reduced_motion"))
        return page

    def leave(self) -> None:
        """All go, and take with them what they stored."""
        for kind, page in self.here:
            if kind is None:
                page.context.close()
                continue
            if page.url.startswith("http"):
                page.evaluate("localStorage.clear(); sessionStorage.clear()")
            page.mouse.move(0, 0)
            page.goto("about:blank")
            page.context.clear_cookies()
            self.away.setdefault(kind, []).append(page)
        self.here.clear()
