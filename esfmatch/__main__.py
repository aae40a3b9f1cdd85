"""`python -m esfmatch`, and the entry point of the command."""

from esfmatch.cli import main

if __name__ == "__main__":
    main()
