# SPDX-License-Identifier: MIT
"""A desk for presenters: the real services, in place, without a window."""


class PlainDesk:
    """Runs services at once, or when told to; writes down what the window was asked for."""

    def __init__(self, work, country: str = "") -> None:
        self.work = work
        self.country = country
        self.said: list[str] = []
        self.opened: list[str] = []
        self.called: list[str] = []
        self.imports_shown: list[str] = []
        self.listeners: list = []
        self.errors: list[Exception] = []
        self.announced = []
        self.say = self.said.append
        self.open_view = self.opened.append
        self.show_import = self.imports_shown.append
        self.start_call = self.called.append
        self.exported: list = []
        self.export = lambda query, row_ids: self.exported.append((query, list(row_ids)))
        self.show_error = self.errors.append
        self.held: list | None = None

    def hold(self) -> None:
        """Keep jobs until `release`, as the database thread would."""
        self.held = []

    def release(self) -> None:
        held, self.held = self.held or [], None
        for job in held:
            job()

    def run(self, function, done=None, failed=None):
        def job() -> None:
            try:
                result = function(self.work)
            except Exception as error:
                (failed or self.show_error)(error)
            else:
                if done is not None:
                    done(result)

        if self.held is None:
            job()
        else:
            self.held.append(job)

    def change(self, function, done=None, failed=None, initiator=None):
        def announce(outcome) -> None:
            result, changes = outcome
            if done is not None:
                done(result)
            self.announced.append((changes, initiator))
            for listener in self.listeners:
                listener(changes)

        self.run(function, announce, failed)


class Recorder:
    """A view that writes down what it was asked to show: (method, arguments)."""

    def __init__(self) -> None:
        self.shown = []

    def __getattr__(self, name):
        def record(*args, **kwargs):
            self.shown.append((name, args, kwargs))

        return record

    def last(self, name):
        """The arguments of the last time this was shown."""
        for shown, args, kwargs in reversed(self.shown):
            if shown == name:
                return (*args, *kwargs.values())
        raise AssertionError(f"{name} was never shown")

    def times(self, name) -> int:
        return sum(1 for shown, _, _ in self.shown if shown == name)
