"""The sample province as a test bed: every format, every form, the layouts that make reading hard, and the truth."""
