"""What the site adds to the pages in docs/: pages from the top level, and links that hold by themselves.

A link to another page stays a link. One to a file outside docs/ becomes plain words, because the site
stands alone; if there is no such file, it stays as it is, and the build fails. Figures of the experiments
are files of the site too.
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
PICTURES = {
    path.relative_to(REPOSITORY).as_posix(): f"assets/experiments/{path.parent.name}.png"
    for path in sorted((REPOSITORY / "experiments" / "results").glob("*/figure.png"))
}
LINK = re.compile(r"(?<!!)\[((?:[^\]\n]|\n(?!\n))+)\]\(([^)#\s]+)(#[^)\s]*)?\)")
IMAGE = re.compile(r"!\[([^\]\n]*)\]\(([^)\s]+)\)")


def on_files(files, config):
    """Files of the repository's top level are pages too, and figures of the experiments are files."""
    for source, page in PAGES.items():
        if page not in files.src_uris:
            files.append(File.generated(config, page, content=(REPOSITORY / source).read_text("utf-8")))
    for source, picture in PICTURES.items():
        if picture not in files.src_uris:
            files.append(File.generated(config, picture, abs_src_path=str(REPOSITORY / source)))
    return files


def on_page_markdown(markdown, page, files, **_):
    """Links as they hold in the repository become links as they hold in the site."""
    sources = {page: source for source, page in PAGES.items()}
    here = page.file.src_uri
    source = sources[here] if page.file.generated_by else f"docs/{here}"

    def shown(image):
        words, target = image.groups()
        path = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
        if path not in PICTURES:
            return image[0]
        return f"![{words}]({posixpath.relpath(PICTURES[path], posixpath.dirname(here) or '.')})"

    def within_the_site(link):
        words, target, anchor = link.groups()
        if "://" in target or target.startswith("mailto:"):
            return link[0]
        path = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
        there = PAGES.get(path, path.removeprefix("docs/"))
        if there in files.src_uris:
            return f"[{words}]({posixpath.relpath(there, posixpath.dirname(here) or '.')}{anchor or ''})"
        return words if (REPOSITORY / path).exists() else link[0]

    return LINK.sub(within_the_site, IMAGE.sub(shown, markdown))
