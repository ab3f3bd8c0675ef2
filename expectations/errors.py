"""What can go wrong through no fault of the program: shown as one sentence, each kind with its fixed exit code.

Anything that is not one of these is a bug and keeps its traceback.
"""

from __future__ import annotations


class UserError(Exception):
    """A sentence for the person who gave the command; never holds a personal value."""

    exit_code = 2


class WrongArgument(UserError):
    """The command's own words do not fit: a malformed period, an unknown district, an unknown child."""

    exit_code = 2


class NothingDelivered(UserError):
    """The inbox of the period is missing or empty."""

    exit_code = 3


class BadPolicy(UserError):
    """The policy cannot be read, or a setting is missing or out of range."""

    exit_code = 4


class BadTemplate(UserError):
    """A Word template names something that is not there, or cannot be read."""

    exit_code = 4


class NotReady(UserError):
    """Something has to happen first: a run of the period, a calendar for the year."""

    exit_code = 5


class Busy(UserError):
    """Another run holds the data folder."""

    exit_code = 6


class BadQuery(UserError):
    """The analyst's SQL could not be run."""

    exit_code = 7


class NotLogged(UserError):
    """The access log cannot be written or read, so nothing may be done with children's data."""

    exit_code = 8


class Unreachable(UserError):
    """A folder of deliveries cannot be read now: a share that is away, a right that is missing. Trying again may help."""

    exit_code = 9


class OutOfRoom(UserError):
    """The disk or the memory of the machine does not suffice; nothing in force was touched."""

    exit_code = 10


class TooOpen(UserError):
    """Other accounts of the machine could read the children's data."""

    exit_code = 11
