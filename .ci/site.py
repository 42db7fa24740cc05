"""What the site adds to docs/: pages from the top level, links that hold by themselves, figures to tap.

A link to another page stays a link. One to a file outside docs/ becomes plain words, because the site
stands alone; if there is no such file, it stays as it is, and the build fails. Figures and numbers in
results/published are files of the site too.
"""

import posixpath
import re
from pathlib import Path

from mkdocs.structure.files import File

REPOSITORY = Path(__file__).parent.parent
PAGES = {
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "experiments/README.md": "experiments.md",
}
PUBLISHED = {
    path.relative_to(REPOSITORY).as_posix(): path.relative_to(REPOSITORY / "results").as_posix()
    for path in sorted((REPOSITORY / "results" / "published").rglob("*"))
    if path.is_file()
}
PICTURE = re.compile(r'<img [^>]*?src="([^"]+)"[^>]*>')
LINK = re.compile(r"(!?)\[((?:[^\]\n]|\n(?!\n))*)\]\(([^)#\s]+)(#[^)\s]*)?\)")


def on_files(files, config):
    """Files of the repository's top level are pages too, and what is published are files."""
    for source, page in PAGES.items():
        if page not in files.src_uris:
            files.append(File.generated(config, page, content=(REPOSITORY / source).read_text("utf-8")))
    for source, place in PUBLISHED.items():
        if place not in files.src_uris:
            files.append(File.generated(config, place, abs_src_path=str(REPOSITORY / source)))
    return files


def on_page_markdown(markdown, page, files, **_):
    """Links as they hold in the repository become links as they hold in the site."""
    sources = {page: source for source, page in PAGES.items()}
    here = page.file.src_uri
    if here == "index.md":
        page.meta["hide"] = ["toc"]  # its three doors take that room
    source = sources[here] if page.file.generated_by else f"docs/{here}"

    def within_the_site(link):
        picture, words, target, anchor = link.groups()
        if "://" in target or target.startswith("mailto:"):
            return link[0]
        path = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
        there = (PAGES | PUBLISHED).get(path, path.removeprefix("docs/"))
        if there in files.src_uris:
            way = posixpath.relpath(there, posixpath.dirname(here) or ".")
            return f"{picture}[{words}]({way}{anchor or ''})"
        return words if (REPOSITORY / path).exists() and not picture else link[0]

    return LINK.sub(within_the_site, markdown)


def on_page_content(html, **_):
    """Every figure is a link to its file, so that a tap on a phone opens it whole."""
    return PICTURE.sub(lambda image: f'<a class="figure" href="{image[1]}">{image[0]}</a>', html)
