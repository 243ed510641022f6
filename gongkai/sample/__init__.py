"""A fictional province's reports as real files, with the truth beside them."""

from gongkai.sample.write import Progress, Summary, write_sample

__all__ = ["Progress", "Summary", "write_sample"]
