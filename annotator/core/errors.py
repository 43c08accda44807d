"""The one kind of error a user is meant to read."""


class UserError(Exception):
    """The user's file, disk or call cannot be used: one sentence says what happened and what to do.

    The message is already in the user's language. The command line prints it and exits with 2;
    the window shows it in a line. Any other exception is a fault of ours.
    """


class Conflict(UserError):
    """Another window or command changed what this deed was about; nothing was written."""
