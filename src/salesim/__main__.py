"""`python -m salesim` is `salesim`."""

from .cli import main

main()
