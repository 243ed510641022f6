"""A Document becomes Reports: metadata, figures with evidence, and doubts about the reading."""
