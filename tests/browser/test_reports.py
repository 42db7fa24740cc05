"""Reports in a real browser: they ask for nothing, can be read by everybody, on a phone, and on paper."""

from axe_core_python.sync_playwright import Axe

PAPER = {"width": 680, "height": 1001}  # what A4 leaves between its margins, in CSS pixels
SERIOUS = ("serious", "critical")


def test_no_request_leaves_and_nothing_is_complained_of(look, address):
    page = look(address)
    assert page.asked[0] == address
    assert [url[:60] for url in page.asked[1:] if not url.startswith("data:")] == []
    assert page.said == []
    assert page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0)")
    assert page.evaluate("document.images.length") > 0
    assert page.evaluate("document.scripts.length") == 0, "what a title says does not run"


def serious(page):
    """What axe finds that keeps somebody out."""
    found = Axe().run(
        page, options={"resultTypes": ["violations"]}
    )  # of others one is named, which is quick
    assert found["passes"]
    wrong = [each for each in found["violations"] if each["impact"] in SERIOUS]
    return [(each["id"], each["nodes"][0]["html"][:200]) for each in wrong]


def test_axe_finds_nothing_serious(look, address):
    assert serious(look(address)) == []


def test_axe_finds_nothing_serious_in_the_dark_and_with_all_unfolded(look, one):
    page = look(one, colours="dark")
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert serious(page) == []


def test_dark_is_dark_and_figures_too(look, one):
    page = look(one, colours="dark")
    background = "selector => getComputedStyle(document.querySelector(selector)).backgroundColor"
    assert page.evaluate(background, "body") == "rgb(20, 24, 31)"
    assert page.evaluate(background, ".panel") == "rgb(20, 20, 20)"
    assert "invert" in page.evaluate("getComputedStyle(document.querySelector('.panel img')).filter")
    page = look(one)
    assert page.evaluate(background, ".panel") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('.panel img')).filter") == "none"


def test_a_phone_does_not_scroll_sideways(look, address):
    width = 320  # of the narrowest
    page = look(address, width=width, height=740)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    cut = page.evaluate(
        "[...document.querySelectorAll('h1, h2, h3, p, li, dt, figcaption, summary')]"
        ".filter(each => each.scrollWidth > each.clientWidth + 1).map(each => each.textContent.slice(0, 80))"
    )
    assert cut == []


def test_keys_reach_the_content_every_wide_table_and_what_is_folded(look, address):
    page = look(address, width=700)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    box = page.locator(".skip").bounding_box()
    assert box["x"] >= 0.0, "it is seen when it has the focus"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    reached = set()
    for _ in range(300):
        page.keyboard.press("Tab")
        kind = page.evaluate(
            "document.activeElement === document.body ? '' : document.activeElement.tagName"
        )
        if not kind:
            break
        reached.add(page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)"))
    wanted = page.evaluate(
        "[...document.querySelectorAll('*')].map((each, k) => "
        "(each.matches('main .scroll, main summary, main a') && each.checkVisibility()) ? k : -1).filter(k => k >= 0)"
    )
    assert set(wanted) <= reached


def test_what_is_folded_opens_by_key(look, one):
    page = look(one)
    folded = page.locator("details:not([open]) summary").first
    folded.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.parentElement.open")


def test_figures_fit_a_phone_and_a_tap_enlarges_them(look, one):
    page = look(one, width=360, height=740)
    panel = page.locator(".panel").first
    width = "each => each.querySelector('img').getBoundingClientRect().width"
    assert panel.evaluate(width) <= 360
    panel.click()
    assert panel.evaluate(width) > 600
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_wide_tables_are_lists_on_a_phone(look, one):
    """Each cell says what column it is of, and nothing moves sideways."""
    page = look(one, width=360, height=740)
    wide = page.locator("div.scroll:has(table.wide)").first
    assert wide.evaluate("each => each.scrollWidth <= each.clientWidth + 1")
    cells = wide.locator("td:not(:empty)")
    assert cells.first.evaluate("each => getComputedStyle(each, '::before').content").startswith('"')
    boxes = [cells.nth(place).bounding_box() for place in range(2)]
    assert boxes[1]["y"] >= boxes[0]["y"] + boxes[0]["height"] - 1


def test_no_figure_is_cut_on_paper(look, address, tmp_path):
    page = look(address, **PAPER)
    page.emulate_media(media="print")
    figures = page.evaluate(
        "[...document.querySelectorAll('figure')].map(each => [each.getBoundingClientRect().height, "
        "each.querySelector('img').getBoundingClientRect().width, getComputedStyle(each).breakInside])"
    )
    assert figures
    for height, width, inside in figures:
        assert height < PAPER["height"]
        assert 250.0 < width <= PAPER["width"]
        assert inside == "avoid"
    assert page.evaluate("document.documentElement.scrollWidth") <= PAPER["width"]
    assert page.evaluate("getComputedStyle(document.querySelector('nav')).display") == "none"
    content = page.pdf(prefer_css_page_size=True, print_background=True)
    assert content.startswith(b"%PDF")
    pages = (
        content.count(b"/Type /Page\n") + content.count(b"/Type /Page ") + content.count(b"/Type /Page/")
    )
    shorter = page.evaluate("document.documentElement.scrollHeight") / PAPER["height"]
    assert shorter - 1.0 <= pages <= 2.0 * shorter + 2.0


def test_paper_is_white_whatever_the_screen_is(look, one):
    page = look(one, colours="dark")
    page.emulate_media(media="print", color_scheme="dark")
    ink, paper = page.evaluate(
        "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
    )
    assert (ink, paper) == ("rgb(0, 0, 0)", "rgb(255, 255, 255)")
