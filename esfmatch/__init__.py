"""esfmatch: finds the funding instruments that fit a German description, for advisors in North Rhine-Westphalia."""

__version__ = "0.1.0"
