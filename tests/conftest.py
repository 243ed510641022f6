"""For all tests: property tests try the same cases in every run, and none is judged by the clock."""

from hypothesis import settings

settings.register_profile("gongkai", deadline=None, derandomize=True)
settings.load_profile("gongkai")
