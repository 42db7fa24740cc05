"""What the site adds to the pages in docs/: pages from the top level, and links that hold by themselves.

A link to another page stays a link. One to a file outside docs/ becomes plain words, because the site
stands alone; if there is no such file, it stays as it is, and the build fails.
"""

import posixpath
import re
from pathlib import Path

from mkdocs.structure.files import File

REPOSITORY = Path(__file__).parent.parent
PAGES = {"CONTRIBUTING.md": "contributing.md", "CHANGELOG.md": "changelog.md"}
LINK = re.compile(r"(?<!!)\[([^\]\n]+)\]\(([^)#\s]+)(#[^)\s]*)?\)")


def on_files(files, config):
    """Files of the repository's top level are pages too."""
    for source, page in PAGES.items():
        if page not in files.src_uris:
            files.append(File.generated(config, page, content=(REPOSITORY / source).read_text("utf-8")))
    return files


def on_page_markdown(markdown, page, files, **_):
    """Links as they hold in the repository become links as they hold in the site."""
    sources = {page: source for source, page in PAGES.items()}
    here = page.file.src_uri
    source = sources[here] if page.file.generated_by else f"docs/{here}"

    def within_the_site(link):
        words, target, anchor = link.groups()
        if "://" in target or target.startswith("mailto:"):
            return link[0]
        path = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
        there = PAGES.get(path, path.removeprefix("docs/"))
        if there in files.src_uris:
            return f"[{words}]({posixpath.relpath(there, posixpath.dirname(here) or '.')}{anchor or ''})"
        return words if (REPOSITORY / path).exists() else link[0]

    return LINK.sub(within_the_site, markdown)
