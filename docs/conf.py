"""Configuration of the documentation: strict, and readable without the network."""

from esfmatch import __version__

project = "esfmatch"
author = "The esfmatch authors"
release = version = __version__
language = "de"

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
nitpicky = True
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = f"esfmatch {version}"
html_copy_source = False
html_show_copyright = False
pygments_style = "friendly"
