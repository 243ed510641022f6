"""Gongkai (公开): annual reports on government information disclosure, read, compared and checked."""

__version__ = "0.1.0"
