"""What people get wrong, told so that they can mend it.

AuditorError                 exit 2
├── SettingsError            a key, a file or a line of the settings
├── FactsError               a fact without source, or against its contract
├── PluginError              a plugin that cannot load, or that is not allowed
├── DeclarationError         a store type that contradicts itself
├── CredentialsError         nothing to ask the cloud with
├── UsageError               a flag or an argument
├── RunError                 a run folder that cannot be read
├── RunFolderError           a run folder that cannot be written     exit 74
└── LockedError              another run holds the lock              exit 75

ApiError                     the world: becomes `Unknown`, never reaches a person
"""

from __future__ import annotations

from collections.abc import Callable

from .model import Reason, Unknown


def _english(text: str, **holes: object) -> str:
    return text.format(**holes) if holes else text


class AuditorError(Exception):
    """A mistake that a person can mend; `hint` says how.

    `form` and `hint` are sentences of ours, in English; `values` fill the holes of both. Without
    values nothing is a hole: a text that is filled already keeps its braces.
    """

    exit_code = 2

    def __init__(self, form: str, *, hint: str = "", **values: object) -> None:
        super().__init__(_english(form, **values))
        self.hint = _english(hint, **values)
        self._form, self._hint, self._values = form, hint, values

    def told(self, words: Callable[..., str]) -> str:
        """The mistake, in the language of `words`."""
        return words(self._form, **self._values)

    def hinted(self, words: Callable[..., str]) -> str:
        """How to mend it, in the language of `words`; empty when we do not know."""
        return words(self._hint, **self._values)


class SettingsError(AuditorError):
    """A setting that is missing, unknown or not of its kind."""


class FactsError(AuditorError):
    """A fact without a source, or one that breaks its contract."""


class PluginError(AuditorError):
    """A plugin that cannot load: a check nobody ran must not look like a pass."""


class DeclarationError(AuditorError):
    """A store type whose declaration contradicts itself or the provider's model."""


class CredentialsError(AuditorError):
    """No credentials, or credentials that the provider refuses."""


class UsageError(AuditorError):
    """A flag or an argument that cannot be followed."""


class RunError(AuditorError):
    """A run folder that cannot be read: missing, of another version, or altered."""


class RunFolderError(AuditorError):
    """The run folder cannot be written: full disk, permissions."""

    exit_code = 74


class LockedError(AuditorError):
    """Another run holds the lock of this folder."""

    exit_code = 75


class ApiError(Exception):
    """A call that the provider did not answer as hoped: its reason, operation and code.

    `again` says whether the same call may be answered later, `after` how many seconds the provider
    asks to be left alone; `code` is its own error code, compared with those that a question
    declares to mean "there is none".
    """

    def __init__(
        self, reason: Reason, detail: str, *, code: str = "", again: bool = False, after: float = 0
    ) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.code = code
        self.again = again
        self.after = after

    @property
    def unknown(self) -> Unknown:
        """The same, as a value."""
        return Unknown(self.reason, self.detail)
