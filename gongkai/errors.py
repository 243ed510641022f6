"""The errors that a person may see. Each says what happened, to which file or field, and what to do."""


class GongkaiError(Exception):
    """Base of every error that is reported to a person as one line."""


class UnusableInput(GongkaiError):
    """What a command was given cannot be used (a folder, a list, a parameter): nothing was done. Exit status 2."""


class CatalogueError(GongkaiError):
    """A data file of the catalogue (data/, queries/, locales/) is wrong: names the file, the row and the field."""


class UnreadableDocument(GongkaiError):
    """A document cannot be read. `reason` is a stable code, a key of the message catalogue (`failure.<reason>`).

    Codes: empty, too_large, encrypted, damaged, unsupported, not_text, no_text (pictures only), no_report
    (read, but nothing in it is a report), timeout, crashed.
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class WorkspaceError(UnusableInput):
    """The workspace folder is missing, is not a workspace, or is being written by another process."""


class QueryError(UnusableInput):
    """A named query does not exist, or its parameters are missing or unknown: names the file and the parameter."""
