"""Services that are imported when they are first called, on the thread that calls them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar, cast, overload


class Holder(Protocol):
    """What such services belong to. `is_prepared`: importing one takes no time any more."""

    @property
    def is_prepared(self) -> bool: ...


Owner = TypeVar("Owner", bound=Holder)
Service = TypeVar("Service")


class _Later:
    """In the place of a service, or of something in it: made when it is called, where importing may take its time."""

    def __init__(self, made: Callable[[], Any]) -> None:
        self._made = made

    def __getattr__(self, name: str) -> _Later:
        return _Later(lambda: getattr(self._made(), name))

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._made()(*args, **kwargs)


class late(Generic[Owner, Service]):  # noqa: N801  used as a decorator, like `cached_property`
    """As `cached_property`, but that naming a service of commands imports nothing.

    The window names a command on its main thread and calls it on another.
    """

    def __init__(self, make: Callable[[Owner], Service]) -> None:
        self._make = make
        self._name = make.__name__
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, owner: None, kind: type[Owner]) -> late[Owner, Service]: ...

    @overload
    def __get__(self, owner: Owner, kind: type[Owner]) -> Service: ...

    def __get__(self, owner: Owner | None, kind: type[Owner]) -> late[Owner, Service] | Service:
        if owner is None:
            return self
        return self._made(owner) if owner.is_prepared else cast("Service", _Later(lambda: self._made(owner)))

    def _made(self, owner: Owner) -> Service:
        # What stands in the instance's own dictionary is found before this descriptor from then on.
        if self._name not in vars(owner):
            vars(owner).setdefault(self._name, self._make(owner))
        return cast("Service", vars(owner)[self._name])
