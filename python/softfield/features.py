"""A linear baseline on exact quantities of particles (docs/features.md)."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
from typing import Any, Dict, List, Mapping, Optional, Sequence, Union

import numpy as np

from .errors import InputError, UsageError
from .glass import Glass, GlassLike, _Opened
from .models import ModelLike
from .session import Progress


@dataclasses.dataclass(frozen=True, eq=False)
class Fit:
    """A ridge regression of a quantity of particles on their exact features, a linear model for each species.

    Attributes
    ----------
    target : str
        What was fitted.
    features : list of str
        Names of the columns of ``Glass.features`` that it takes.
    models : list of dict
        ``species``, and its ``means``, ``scales``, ``weights`` (a number a feature), ``intercept``, ``penalty``.
    left : str
        What was left out in turn: ``"configurations"``, or ``"parts"`` of space where there were fewer than three.
    worth : list of dict
        Of all species together and of each: Pearson's r on what was left out, ``correlations`` of each part, their mean
        ``correlation`` and its standard ``error``.
    """

    target: str
    features: List[str]
    models: List[Dict[str, Any]]
    left: str = ""
    worth: List[Dict[str, Any]] = dataclasses.field(default_factory=list)

    def predict(self, atoms: GlassLike, model: Optional[ModelLike] = None, *, progress: Progress = None, **options: Any) -> np.ndarray:
        """What it says of every particle, (N,); NaN of species that it does not know, and of rattlers."""
        return self._foretell(atoms, model, None, progress, options)[1]["predicted"]

    def agreements(
        self, atoms: GlassLike, target: Any, model: Optional[ModelLike] = None, *, progress: Progress = None, **options: Any
    ) -> List[Dict[str, Any]]:
        """How that goes together with what is there, (N,), NaN where it is not known: of all particles and of each species Pearson's r
        (``pearson``) with a 95 % interval by bootstrap over parts of space (``low``, ``high``)."""
        return list(self._foretell(atoms, model, target, progress, options)[0]["agreements"])

    def _foretell(self, atoms: Any, model: Any, target: Any, progress: Progress, options: Dict[str, Any]) -> Any:
        stored = {"target": self.target, "features": self.features, "models": self.models}
        with _Opened(atoms, model, options) as glass:
            if options:
                raise UsageError(f"there is no option {next(iter(options))}", {"field": next(iter(options))})
            arrays = {} if target is None else {"target": glass._of_particles("target", target)}
            return glass._request("foretell", {"fit": stored}, arrays, progress)

    def save(self, path: Union[str, "os.PathLike[str]"]) -> None:
        """Writes it as ``softfield features --fit … -o fit.json`` does, for ``--apply`` and ``load_fit``."""
        fit = {"target": self.target, "features": self.features, "models": self.models}
        with open(path, "w", encoding="utf-8") as file:
            json.dump({"fit": fit, "left": self.left, "worth": self.worth}, file, indent=2)
            file.write("\n")


def load_fit(path: Union[str, "os.PathLike[str]"]) -> Fit:
    """A fit that ``Fit.save`` or ``softfield features --fit … -o fit.json`` has written."""
    try:
        with open(path, encoding="utf-8") as file:
            whole = json.load(file)
        fit = whole["fit"]
        return Fit(fit["target"], fit["features"], fit["models"], whole.get("left", ""), whole.get("worth", []))
    except (KeyError, TypeError, ValueError):
        raise InputError("holds no fit; fit(...).save(path) writes one", {"file": os.fspath(path)}) from None


def fit(
    glasses: Sequence[GlassLike],
    targets: Sequence[Any],
    model: Optional[ModelLike] = None,
    *,
    name: str = "target",
    widths: Any = None,
    slopes: bool = True,
    progress: Progress = None,
    **options: Any,
) -> Fit:
    """Fits a quantity of particles by their exact features, cross-validated over whole configurations: ``softfield features --fit``.

    Parameters
    ----------
    glasses
        ``Glass`` objects, or configurations of ``model``, each at its minimum.
    targets
        One (N,) each; rows with NaN are left out.
    name : str
        What it is called.
    widths, slopes
        Of ``Glass.features``; the default widths are those of the first glass, as far as all boxes hold six of them.
    options
        Of ``Glass``, for configurations.
    """
    if len(glasses) != len(targets):
        raise UsageError(f"{len(glasses)} glasses and {len(targets)} targets: give one for each", {"field": "targets"})
    if len(glasses) == 0:
        raise UsageError("a fit needs a glass at least", {"field": "glasses"})
    with contextlib.ExitStack() as stack:
        opened = []
        for one in glasses:
            own = dict(options)
            opened.append(stack.enter_context(_Opened(one, None if isinstance(one, Glass) else model, own)))
            unknown = next((key for key in own if not isinstance(one, Glass)), None)
            if unknown is not None:
                raise UsageError(f"there is no option {unknown}", {"field": unknown})
        arrays = {f"target/{k}": glass._of_particles(f"targets[{k}]", given) for k, (given, glass) in enumerate(zip(targets, opened))}
        if widths is not None:
            arrays["widths"] = np.ascontiguousarray(widths, dtype=float).reshape(-1)
        value = _of_all(opened, "fit", {"name": name, "slopes": slopes}, arrays, progress)
    stored = value["fit"]
    return Fit(stored["target"], stored["features"], stored["models"], value["left"], value["worth"])


def _of_all(
    glasses: Sequence[Glass], method: str, params: Mapping[str, Any], arrays: Mapping[str, np.ndarray], progress: Progress
) -> Dict[str, Any]:
    """Asks for one thing of several glasses, all of one session."""
    session = glasses[0].session
    if any(glass.session is not session for glass in glasses):
        raise UsageError("these glasses are held by several sessions: open them in one", {"field": "session"})
    for last in (False, True):
        handles = np.array([glass._handle(anew=last) for glass in glasses], dtype=float)
        try:
            return session.request(method, params, {"handles": handles, **arrays}, progress)[0]
        except UsageError as error:
            if last or error.field != "handle":
                raise
    raise AssertionError
