"""What every page must pass in every state: axe finds nothing, and nothing scrolls sideways at 320 pixels."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

NARROW, USUAL = {"width": 320, "height": 640}, {"width": 1280, "height": 900}
AXE = Axe()


def problems_of(page: Page, state: str) -> list[str]:
    """Return what is wrong with the page as it is; empty when nothing is."""
    violations = AXE.run(page).response["violations"]
    found = [
        f"{state}: {violation['id']}: {node['html'][:200]}" for violation in violations for node in violation["nodes"]
    ]
    return found + sideways_of(page, state)


def sideways_of(page: Page, state: str) -> list[str]:
    """Return what is wider than a screen of 320 pixels."""
    page.set_viewport_size(NARROW)
    width = page.evaluate("document.documentElement.scrollWidth")
    wide = page.evaluate(
        "[...document.querySelectorAll('main *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1)"
        ".map((one) => one.outerHTML.slice(0, 120)).slice(0, 3)"
    )
    page.set_viewport_size(USUAL)
    return [f"{state}: {width} pixels wide at 320: {wide}"] if width > NARROW["width"] else []


def unfold(page: Page) -> None:
    """Open everything that is folded."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
