"""The policy as tables."""

from __future__ import annotations

from policyc.backends.enforce.template.rules import _Clock, _Rule

_RULES: tuple[_Rule, ...] = ()
_VERBS: dict[str, int] = {}
_DIMENSIONS: dict[str, tuple[str, ...]] = {}
_SHARES: tuple[str, ...] = ()
_COVERS: dict[str, dict[str | None, int]] = {}
_LEAVES: dict[str, dict[str | None, tuple[str, ...]]] = {}
_WITHIN: dict[str, tuple[str, ...]] = {}
_PROVED_BY: dict[str, tuple[str, ...]] = {}
_REFUTED_BY: dict[str, tuple[str, ...]] = {}
_PER: dict[str, tuple[str, ...]] = {}
_NUMBERS: tuple[str, ...] = ()
_EVENTS: dict[str, tuple[str, ...]] = {}
_CONSENT = ""
_OBJECTION = ""
_CLOCKS: tuple[_Clock, ...] = ()
_KEPT: dict[str, dict[str | None, tuple[int, int]]] = {}
