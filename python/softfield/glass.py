"""A glass at its energy minimum, held by the process, and what is computed of it."""

from __future__ import annotations

import os
import threading
import weakref
from typing import Any, Dict, List, Mapping, Optional, Tuple, Union

import numpy as np

from . import configurations, engines, models
from .configurations import Configuration, ConfigurationLike
from .errors import ModelError, UsageError
from .files import Path, absolute
from .models import ModelLike
from .results import (
    Census,
    Crystal,
    Escaped,
    Evaluated,
    IndicatorValues,
    LocalThermalEnergies,
    Minimized,
    Modes,
    Observed,
    Predicted,
    Sheared,
    Spots,
    Table,
    tables_of,
)
from .session import Progress, Session
from .session import session as default_session

_READING = ("frame", "species", "diameters", "box", "atom_style")


def _asked(given: ConfigurationLike, model: Optional[ModelLike], options: Dict[str, Any]) -> Tuple[Dict[str, Any], Dict[str, np.ndarray]]:
    """Parameters and arrays of a configuration in a model; takes what belongs to reading out of ``options``."""
    reading = {key: options.pop(key) for key in _READING if key in options}
    symbols = None
    if model is None:
        model = getattr(given, "calc", None)
        if model is None:
            raise ModelError("say which model: a preset's name, a model file, a dictionary or an ASE calculator", {"field": "model"})
    if hasattr(given, "get_chemical_symbols"):
        symbols = given.get_chemical_symbols()
    asked, arrays = configurations.request_of(given, **reading)
    return {"configuration": asked, "model": models.request_of(model, symbols)}, arrays


class Glass:
    """A configuration at its energy minimum, with the factor and the inverse of its Hessian, each made once, by the process.

    Parameters
    ----------
    configuration
        ASE Atoms, an OVITO DataCollection, a dictionary of arrays, a ``Configuration``, or a file.
    model
        A preset's name, a model file, its content as a dictionary, or an ASE calculator; default: that of the atoms.
    refine : bool
        Whether a configuration that lost digits is brought back to its minimum by Newton steps (default), or refused.
    arithmetic : {"fast", "reproducible"}
        ``"reproducible"``: the same bits on every machine.
    pin : int, optional
        Particle whose rows are dropped; no result depends on it.
    factor : bool
        ``False``: the minimum is found without a factor of the Hessian, as of glasses too large for one (``lte(windows=…)``).
    frame, species, diameters, box, atom_style
        How a file is read and placed in the model, as the options of the command: ``frame`` a number from 0 or ``"last"``;
        ``species`` a dictionary of names or types in the file to species of the model.
    session : Session, optional
    progress : bool or callable, optional
        ``True``: told on stderr; a function is called with stage, done, total, detail.

    Raises
    ------
    NotAMinimumError
        Where no minimum is close by: see ``softfield.minimize``.
    SoftfieldError
        For all else that is refused.

    Use it in a ``with`` block, or call ``close``; what is forgotten is closed when Python drops it.
    """

    def __init__(
        self,
        configuration: ConfigurationLike,
        model: Optional[ModelLike] = None,
        *,
        refine: Optional[bool] = None,
        arithmetic: Optional[str] = None,
        pin: Optional[int] = None,
        factor: Optional[bool] = None,
        session: Optional[Session] = None,
        progress: Progress = None,
        **reading: Any,
    ) -> None:
        self._session = session or default_session()
        asked, arrays = _asked(configuration, model, reading)
        if reading:
            raise UsageError(f"there is no option {next(iter(reading))}", {"field": next(iter(reading))})
        self._asked = {**asked, "refine": refine, "arithmetic": arithmetic, "pin": pin, "factor": factor}
        self._arrays = {name: array.copy() for name, array in arrays.items()}
        self._lock = threading.RLock()
        self._closed = False
        self._held = [0, 0]  # generation of the process, and its number there
        value, found = self._open(progress)
        self.configuration = configurations.configuration_of(found, value["names"])
        self.rattlers = found["rattlers"]
        #: Name of the model.
        self.model: str = value["model"]
        #: What looks wrong of model and configuration.
        self.warnings: List[str] = value["warnings"]
        #: Largest force over the typical pair force: of the minimum, and as given.
        self.residual: float = value["residual"]
        self.residual_given: float = value["residualGiven"]
        #: Newton steps that were made, and the largest displacement by them, λ.
        self.refine_steps: int = value["refineSteps"]
        self.moved: float = value["moved"]
        weakref.finalize(self, _drop, self._session, self._held)

    def _open(self, progress: Progress = None) -> Tuple[Dict[str, Any], Dict[str, np.ndarray]]:
        value, found = self._session.request("open", self._asked, self._arrays, progress)
        self._held[:] = [self._session.generation, value["handle"]]
        return value, found

    def _request(
        self,
        method: str,
        params: Optional[Mapping[str, Any]] = None,
        arrays: Optional[Mapping[str, np.ndarray]] = None,
        progress: Progress = None,
    ) -> Tuple[Dict[str, Any], Dict[str, np.ndarray]]:
        with self._lock:
            for last in (False, True):
                held = self._handle(anew=last)
                try:
                    return self._session.request(method, {"handle": held, **(params or {})}, arrays, progress)
                except UsageError as error:
                    if last or error.field != "handle":
                        raise
        raise AssertionError

    def _handle(self, *, anew: bool = False) -> int:
        """Its number in the process, which may have been ended, by an interrupt or from without: what it held is made again, the same bits."""
        with self._lock:
            if self._closed:
                raise UsageError("this glass was closed", {"field": "handle"})
            if anew or self._held[0] != self._session.generation:
                self._open()
            return self._held[1]

    def _of_particles(self, name: str, given: Any) -> np.ndarray:
        """A number a particle, (N,)."""
        values = np.ascontiguousarray(given, dtype=float)
        if values.shape != (len(self),):
            raise UsageError(f"{name} has the shape {values.shape}; it must be ({len(self)},), a number a particle", {"field": name})
        return values

    def close(self) -> None:
        """Lets the process forget it. What was computed stays."""
        with self._lock:
            if not self._closed:
                self._closed = True
                if self._held[0] == self._session.generation:
                    self._session.drop(*self._held)
                self._held[0] = 0
                self._arrays = {}

    @property
    def closed(self) -> bool:
        return self._closed

    @property
    def session(self) -> Session:
        """The process that holds it."""
        return self._session

    @property
    def _given(self) -> Tuple[Dict[str, Any], Dict[str, np.ndarray]]:
        """Configuration and model as they were given, for what starts there."""
        if self._closed:
            raise UsageError("this glass was closed", {"field": "handle"})
        return {key: self._asked[key] for key in ("configuration", "model")}, self._arrays

    def __enter__(self) -> "Glass":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self.configuration)

    def __repr__(self) -> str:
        closed = ", closed" if self._closed else ""
        return f"<Glass: {self.model}, {len(self)} particles in {self.dimension}D{closed}>"

    @property
    def dimension(self) -> int:
        return self.configuration.dimension

    @property
    def positions(self) -> np.ndarray:
        """(N, d), λ, at the minimum."""
        return self.configuration.positions

    @property
    def cell(self) -> np.ndarray:
        """(d, d), rows are the edges, λ."""
        return self.configuration.cell

    def lte(
        self,
        *,
        derivative: bool = False,
        method: Optional[str] = None,
        windows: Optional[float] = None,
        samples: Optional[int] = None,
        pieces: Optional[Union[str, "os.PathLike[str]"]] = None,
        progress: Progress = None,
    ) -> LocalThermalEnergies:
        """Local thermal energies of all interactions.

        ``derivative``: also ∂E/∂e, columns ``dlte_xx``, ``dlte_xy`` …; ``method="dense"``: by full diagonalisation, the oracle of
        small systems. Cost: once the factor and the inverse, O(N^1.5) in 2D, O(N²) in 3D.
        ``windows``: of glasses too large for that, by windows that reach so far (λ), with standard errors (``lte_error``); ``samples`` of
        the fluctuations, a multiple of 16 (96); ``pieces``: a folder where finished parts are kept, from which the same call goes on
        (docs/large.md).
        """
        params = {"derivative": derivative, "method": method, **_windows(windows, samples, pieces)}
        value, arrays = self._request("lte", params, None, progress)
        tables = tables_of(value, arrays)
        return LocalThermalEnergies(tables.pop("bonds"), tables.pop("particles"), tables, value["summary"])

    def modes(self, count: int = 30, *, progress: Progress = None) -> Modes:
        """The ``count`` lowest normal modes."""
        value, arrays = self._request("modes", {"count": count}, None, progress)
        tables = tables_of(value, arrays)
        return Modes(tables["modes"], arrays["vectors"], tables["particles"]["weight"], value["summary"])

    def observe(self, *, progress: Progress = None) -> Observed:
        """Debye–Waller factors, averages of particles' energies and stresses and of bond lengths, elastic constants."""
        value, arrays = self._request("observe", {}, None, progress)
        tables = tables_of(value, arrays)
        return Observed(tables["particles"], tables["bonds"], value["summary"])

    def spots(
        self,
        indicator: str = "lte",
        *,
        bins: Optional[int] = None,
        threshold: Optional[float] = None,
        reading: Optional[str] = None,
        empty: Optional[str] = None,
        smoothing: Optional[str] = None,
        seed: Optional[int] = None,
        modes: Optional[int] = None,
        load: Optional[str] = None,
        kind: Optional[str] = None,
        plane: Optional[str] = None,
        angle: Optional[float] = None,
        backwards: Optional[bool] = None,
        pressure: Optional[float] = None,
        yielding: Optional[int] = None,
        softening: bool = True,
        windows: Optional[float] = None,
        samples: Optional[int] = None,
        pieces: Optional[Union[str, "os.PathLike[str]"]] = None,
        progress: Progress = None,
    ) -> Spots:
        """Softness field and soft spots, by any indicator (``softfield.indicators()``); options as of ``softfield spots``.

        ``load``, ``plane``, ``angle``, ``backwards``, ``pressure``: the load (as of ``shear``) of the spots' yield strains; ``yielding``: of so many of the first
        spots also the strain at which their surroundings yield (``--yield``); ``softening=False``: no yield strains, in half of the time.
        ``windows``, ``samples``, ``pieces``: the field of energies by windows, as of ``lte``, which give no yield strains.
        """
        params = {"indicator": indicator, "bins": bins, "threshold": threshold, "reading": reading, "empty": empty}
        params.update({"smoothing": smoothing, "seed": seed, "modes": modes, "yield": yielding, "softening": softening})
        params.update({"load": load, "kind": kind, "plane": plane, "angle": angle, "backwards": backwards, "pressure": pressure})
        params.update(_windows(windows, samples, pieces))
        value, arrays = self._request("spots", params, None, progress)
        fields = {name: arrays[name] for name in ("field", "raw", "entries", "kept")}
        return Spots(tables_of(value, arrays)["spots"], summary=value["summary"], **fields)

    def field(self, indicator: str = "lte", **options: Any) -> np.ndarray:
        """The softness field on its bins, (n_y, n_x) or (n_z, n_y, n_x); options as of ``spots``."""
        return self.spots(indicator, **options).field

    def indicator(
        self,
        name: str,
        *,
        modes: Optional[int] = None,
        load: Optional[str] = None,
        plane: Optional[str] = None,
        angle: Optional[float] = None,
        backwards: Optional[bool] = None,
        pressure: Optional[float] = None,
        progress: Progress = None,
    ) -> IndicatorValues:
        """One measure of softness, of every particle or interaction, under a load where it knows directions (as of ``shear``)."""
        params = {"name": name, "modes": modes, "load": load, "plane": plane, "angle": angle, "backwards": backwards}
        value, arrays = self._request("indicator", {**params, "pressure": pressure}, None, progress)
        families = tuple(arrays[key] for key in sorted(arrays) if key != "values0")
        return IndicatorValues(value["name"], value["of"], value["unit"], value["description"], arrays["values0"], families)

    def indicators(
        self,
        names: Optional[List[str]] = None,
        *,
        without: Optional[List[str]] = None,
        modes: Optional[int] = None,
        load: Optional[str] = None,
        kind: Optional[str] = None,
        plane: Optional[str] = None,
        angle: Optional[float] = None,
        backwards: Optional[bool] = None,
        pressure: Optional[float] = None,
        progress: Progress = None,
    ) -> Dict[str, Table]:
        """Several measures of softness in one pass, by default all (``local-yield-strain`` takes the longest by far).

        The result has the tables ``"particles"``, ``"bonds"`` …, a column each.
        Of those of interactions the particles have NAME_max and NAME_mean, the largest and the mean |value| of their interactions.
        """
        params = {"names": names and list(names), "without": without and list(without), "modes": modes}
        params.update({"load": load, "kind": kind, "plane": plane, "angle": angle, "backwards": backwards, "pressure": pressure})
        value, arrays = self._request("indicators", params, None, progress)
        return tables_of(value, arrays)

    def features(self, widths: Any = None, *, slopes: bool = True, progress: Progress = None) -> Table:
        """Exact quantities of every particle with their Gaussian means (docs/features.md), a column each, ready for learning.

        ``widths``: of the means, λ; default one and two bond lengths as far as the box holds six of them; ``slopes=False``: without ``dlte_xx`` …, most of
        the work. Rattlers have NaN.
        """
        arrays = {} if widths is None else {"widths": np.ascontiguousarray(widths, dtype=float).reshape(-1)}
        return tables_of(*self._request("features", {"slopes": slopes}, arrays, progress))["features"]

    def nonaffine(
        self,
        *,
        load: Optional[str] = None,
        kind: Optional[str] = None,
        plane: Optional[str] = None,
        angle: Optional[float] = None,
        backwards: Optional[bool] = None,
        pressure: Optional[float] = None,
    ) -> Table:
        """How particles move beside the affine motion, to first order in a strain: ``v_x`` …, ``nonaffinity`` |v|², ``d2min``."""
        params = {"load": load, "kind": kind, "plane": plane, "angle": angle, "backwards": backwards, "pressure": pressure}
        return tables_of(*self._request("nonaffine", params))["table"]

    def shear(
        self,
        *,
        events: Optional[int] = None,
        max_strain: Optional[float] = None,
        amplitude: Optional[float] = None,
        cycles: Optional[int] = None,
        one_sided: Optional[bool] = None,
        load: Optional[str] = None,
        kind: Optional[str] = None,
        plane: Optional[str] = None,
        angle: Optional[float] = None,
        backwards: Optional[bool] = None,
        pressure: Optional[float] = None,
        tolerance: Optional[float] = None,
        step: Optional[float] = None,
        minimizer: Optional[str] = None,
        coarse: bool = False,
        min_drop: Optional[float] = None,
        d2min_threshold: Optional[float] = None,
        max_evaluations: Optional[int] = None,
        displacements: bool = False,
        checkpoint: Optional[Path] = None,
        progress: Progress = None,
    ) -> Sheared:
        """Loads it quasistatically to its first plastic events; options as of ``softfield shear``.

        ``load``: ``"simple"`` shear (default), ``"pure"``, ``"tension"``, ``"compression"``, or one of a plug-in (``kind`` is its older
        word); ``pressure``: at which the box is held by what of it is free. ``amplitude``: to and fro instead, 0 → A → −A → 0, ``cycles``
        times (1), or with ``one_sided`` 0 → A → 0. ``checkpoint``: a file in which a run that is interrupted (Ctrl-C) leaves its state
        at the last event, of a cyclic load at the last turning point: the same call goes on from it, to the same bits.
        """
        params = {
            "events": events,
            "maxStrain": max_strain,
            "amplitude": amplitude,
            "cycles": cycles,
            "oneSided": one_sided,
            "load": load,
            "kind": kind,
            "plane": plane,
            "angle": angle,
            "backwards": backwards,
            "pressure": pressure,
            "tolerance": tolerance,
            "step": step,
            "minimizer": minimizer,
            "strategy": "coarse" if coarse else None,
            "minDrop": min_drop,
            "d2minThreshold": d2min_threshold,
            "maxEvaluations": max_evaluations,
            "displacements": displacements,
            "checkpoint": absolute(checkpoint),
        }
        return self._sheared(*self._request("shear", params, None, progress))

    def _sheared(self, value: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> Sheared:
        tables = tables_of(value, arrays)
        names = self.configuration.species
        own = {key: arrays.get(key) for key in ("diameters", "masses", "charges")}
        last = Configuration(arrays["positions"], arrays["cell"], names, **own, ids=self.configuration.ids)
        return Sheared(tables["events"], tables["path"], last, arrays.get("displacements"), value["summary"])

    def predict(
        self,
        *,
        indicators: Optional[List[str]] = None,
        scores: Optional[Mapping[str, Any]] = None,
        events: Optional[int] = None,
        max_strain: Optional[float] = None,
        forecast: bool = False,
        follow: bool = False,
        load: Optional[str] = None,
        kind: Optional[str] = None,
        plane: Optional[str] = None,
        angle: Optional[float] = None,
        backwards: Optional[bool] = None,
        pressure: Optional[float] = None,
        bins: Optional[int] = None,
        threshold: Optional[float] = None,
        reading: Optional[str] = None,
        empty: Optional[str] = None,
        smoothing: Optional[str] = None,
        seed: Optional[int] = None,
        modes: Optional[int] = None,
        progress: Progress = None,
    ) -> Predicted:
        """Finds soft spots, shears the glass to its first plastic events, and says how well the first foretold the second (SI E).

        ``indicators``: what spots are found by (``["lte", "modes"]``); ``scores``: fields of your own beside them, names to one number
        a particle (N,), large where soft; ``"-NAME"``: small where soft; NaN is left out. ``events`` (5) up to ``max_strain`` (0.2)
        under the load (as of ``shear``). ``forecast``: the events foretold from the unsheared glass, too, some minutes at N = 10,000;
        ``follow``: each also from the minimum that the one before has led to. ``bins`` … ``modes``: as of ``spots``.
        Raises ``NumericsError`` where the shear ends early.
        """
        own = {name: self._of_particles(name, values) for name, values in (scores or {}).items()}
        params = {"indicators": indicators and list(indicators), "scores": list(own), "events": events, "maxStrain": max_strain}
        params.update({"forecast": forecast, "follow": follow})
        params.update({"load": load, "kind": kind, "plane": plane, "angle": angle, "backwards": backwards, "pressure": pressure})
        params.update({"bins": bins, "threshold": threshold, "reading": reading, "empty": empty})
        params.update({"smoothing": smoothing, "seed": seed, "modes": modes})
        value, arrays = self._request("predict", params, {f"score/{name}": values for name, values in own.items()}, progress)
        tables = tables_of(value, arrays)
        return Predicted(
            tables["scores"],
            {name[len("spots/") :]: table for name, table in tables.items() if name.startswith("spots/")},
            {name[len("field/") :]: values for name, values in arrays.items() if name.startswith("field/")},
            tables.get("forecast"),
            self._sheared(value, arrays),
            value["prediction"],
        )

    def escape(
        self,
        temperature: Union[float, str],
        *,
        excitations: Optional[int] = None,
        runs: Optional[int] = None,
        seed: Optional[int] = None,
        every: Optional[float] = None,
        max_time: Optional[float] = None,
        dt: Optional[float] = None,
        relaxation: Optional[float] = None,
        progress: Progress = None,
    ) -> Escaped:
        """Ways out of the minimum without load: saddles, barriers, harmonic rates at a ``temperature`` (ε/k_B, or ``"300K"``).

        From both directions of the ``excitations`` (40) of the lowest barriers and of as many normal modes. ``runs`` (0) of molecular
        dynamics, from ``seed`` (1) on: when each leaves the minimum first, and over which way; the minimum below is looked at
        ``every`` (2 τ₀) up to ``max_time`` (1000 τ₀). Times, τ₀, are longer by the root of the lightest mass by default.
        """
        params = {"temperature": temperature, "excitations": excitations, "runs": runs, "seed": seed, "every": every}
        params.update({"maxTime": max_time, "dt": dt, "relaxation": relaxation})
        value, arrays = self._request("escape", params, None, progress)
        return Escaped(tables_of(value, arrays)["ways"], arrays["saddles"], arrays["minima"], value["summary"])

    def census(
        self,
        *,
        load: Optional[str] = None,
        kind: Optional[str] = None,
        plane: Optional[str] = None,
        angle: float = 0.0,
        backwards: Optional[bool] = None,
        pressure: Optional[float] = None,
        modes: Optional[int] = None,
        bonds: Optional[int] = None,
        local: Optional[int] = None,
        barriers: Optional[int] = None,
        surface: Optional[int] = None,
        progress: Progress = None,
    ) -> Census:
        """What may yield, under which strain; options as of ``softfield census``.

        ``modes`` (40), ``bonds`` (N/8, at least 150): what it grows from. Of the first ``local`` excitations also the strain at which
        their surroundings yield, of these with ``surface`` along so many directions over 180°, too; of the first ``barriers`` the true
        barrier, by the saddle, and the minimum behind it.
        """
        params = {"load": load, "kind": kind, "plane": plane, "angle": angle, "backwards": backwards, "pressure": pressure}
        params.update(modes=modes, bonds=bonds)
        params.update(local=local, barriers=barriers, surface=surface)
        value, arrays = self._request("census", params, None, progress)
        return Census(tables_of(value, arrays)["excitations"], arrays["fields"], value["summary"])

    def hessian(self) -> Any:
        """M = ∂²U/∂x∂x as a SciPy CSR array (N·d, N·d), ε/λ²; row i·d + a is component a of particle i. Rows of rattlers are empty."""
        return _csr(*self._request("hessian"))

    def selected_inverse(self) -> Any:
        """The entries of M⁺, the pseudo-inverse without translations, on the pattern of M; a SciPy CSR array, λ²/ε.

        k_BT times its diagonal blocks are ⟨x_i x_i⟩ in the frame of the centre of mass.
        """
        return _csr(*self._request("inverse"))

    def solve(self, b: Any) -> np.ndarray:
        """M⁺·b: the displacements (λ) that forces b (ε/λ) cause, without their mean; NaN on rattlers.

        ``b``: (N, d), (N·d,), or (count, N, d); the result has its shape.
        """
        given = np.ascontiguousarray(b, dtype=float)
        n = self.positions.size
        if given.size == 0 or given.size % n:
            raise UsageError(f"b has the shape {given.shape}; it must hold {n} numbers, or a multiple of that", {"field": "b"})
        _, arrays = self._request("solve", {}, {"b": given.reshape(-1)})
        return arrays["x"].reshape(given.shape)


def _windows(windows: Optional[float], samples: Optional[int], pieces: Any) -> Dict[str, Any]:
    return {"windows": windows, "samples": samples, "pieces": None if pieces is None else os.path.abspath(os.fspath(pieces))}


def _drop(session: Session, held: List[int]) -> None:
    if held[0]:
        session.drop(held[0], held[1])


def _csr(value: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> Any:
    from scipy import sparse

    size = value["size"]
    kind = getattr(sparse, "csr_array", sparse.csr_matrix)
    made = kind((arrays["data"], arrays["indices"], arrays["indptr"]), shape=(size, size))
    made.has_sorted_indices = True
    return made


_OPENING = (*_READING, "refine", "arithmetic", "pin", "factor", "session")


class _Opened:
    """A glass for one computation: a given one, or one that is closed afterwards."""

    def __init__(self, given: Any, model: Optional[ModelLike], options: Dict[str, Any]) -> None:
        opening = {key: options.pop(key) for key in _OPENING if key in options}
        if options.get("windows") is not None and not isinstance(given, Glass):
            opening.setdefault("factor", False)
        if isinstance(given, Glass):
            if model is not None or opening:
                raise UsageError("a Glass has its model and its options already", {"field": "model"})
            self._glass, self._own = given, False
        else:
            self._glass, self._own = Glass(given, model, progress=options.get("progress"), **opening), True

    def __enter__(self) -> Glass:
        return self._glass

    def __exit__(self, *_: object) -> None:
        if self._own:
            self._glass.close()


GlassLike = Union[Glass, ConfigurationLike]


def _with_model(model: Optional[ModelLike], options: Dict[str, Any]) -> Dict[str, Any]:
    return options if model is None else {**options, "model": model}


def lte(atoms: GlassLike, model: Optional[ModelLike] = None, **options: Any) -> Union[LocalThermalEnergies, engines.EngineEnergies]:
    """Local thermal energies of all interactions of a glass: ``softfield.lte(atoms, "2dipl").bonds.lte``.

    ``options``: those of ``Glass`` and of ``Glass.lte``. With ``engine``, an ASE calculator, a function or ``"lammps"``, energies and
    forces are its (docs/engines.md), and the result is an ``EngineEnergies``, of atoms.
    """
    if "engine" in options:
        return engines.lte(atoms, options.pop("engine"), **_with_model(model, options))
    with _Opened(atoms, model, options) as glass:
        return glass.lte(**options)


def modes(atoms: GlassLike, model: Optional[ModelLike] = None, count: int = 30, **options: Any) -> Modes:
    """The lowest normal modes; ``options``: those of ``Glass`` and of ``Glass.modes``, or ``engine``, as of ``lte``."""
    if "engine" in options:
        return engines.modes(atoms, options.pop("engine"), count, **_with_model(model, options))
    with _Opened(atoms, model, options) as glass:
        return glass.modes(count, **options)


def observe(atoms: GlassLike, model: Optional[ModelLike] = None, **options: Any) -> Observed:
    """Low-temperature averages; ``options``: those of ``Glass`` and of ``Glass.observe``."""
    with _Opened(atoms, model, options) as glass:
        return glass.observe(**options)


def spots(atoms: GlassLike, model: Optional[ModelLike] = None, **options: Any) -> Spots:
    """Softness field and soft spots; ``options``: those of ``Glass`` and of ``Glass.spots``."""
    with _Opened(atoms, model, options) as glass:
        return glass.spots(**options)


def field(atoms: GlassLike, model: Optional[ModelLike] = None, **options: Any) -> np.ndarray:
    """The softness field on its bins; ``options``: those of ``Glass`` and of ``Glass.spots``."""
    with _Opened(atoms, model, options) as glass:
        return glass.field(**options)


def indicator(atoms: GlassLike, model: Optional[ModelLike] = None, name: str = "lte", **options: Any) -> IndicatorValues:
    """One measure of softness; ``options``: those of ``Glass`` and of ``Glass.indicator``."""
    with _Opened(atoms, model, options) as glass:
        return glass.indicator(name, **options)


def features(atoms: GlassLike, model: Optional[ModelLike] = None, widths: Any = None, **options: Any) -> Table:
    """Exact quantities of every particle for learning; ``options``: those of ``Glass`` and of ``Glass.features``."""
    with _Opened(atoms, model, options) as glass:
        return glass.features(widths, **options)


def nonaffine(atoms: GlassLike, model: Optional[ModelLike] = None, **options: Any) -> Table:
    """The non-affine field under a load; ``options``: those of ``Glass`` and of ``Glass.nonaffine``."""
    with _Opened(atoms, model, options) as glass:
        return glass.nonaffine(**options)


def shear(atoms: GlassLike, model: Optional[ModelLike] = None, **options: Any) -> Sheared:
    """Plastic events under quasistatic shear; ``options``: those of ``Glass`` and of ``Glass.shear``."""
    with _Opened(atoms, model, options) as glass:
        return glass.shear(**options)


def predict(atoms: GlassLike, model: Optional[ModelLike] = None, **options: Any) -> Predicted:
    """Soft spots against the plastic events that come; ``options``: those of ``Glass`` and of ``Glass.predict``."""
    with _Opened(atoms, model, options) as glass:
        return glass.predict(**options)


def escape(
    atoms: GlassLike, model: Optional[ModelLike] = None, temperature: Union[float, str, None] = None, **options: Any
) -> Escaped:
    """Ways out of a minimum without load, at a temperature; ``options``: those of ``Glass`` and of ``Glass.escape``."""
    if temperature is None:
        raise UsageError("temperature is missing", {"field": "temperature"})
    with _Opened(atoms, model, options) as glass:
        return glass.escape(temperature, **options)


def census(atoms: GlassLike, model: Optional[ModelLike] = None, **options: Any) -> Census:
    """The soft excitations of a glass; ``options``: those of ``Glass`` and of ``Glass.census``."""
    with _Opened(atoms, model, options) as glass:
        return glass.census(**options)


def hessian(atoms: GlassLike, model: Optional[ModelLike] = None, **options: Any) -> Any:
    """The Hessian as a SciPy CSR array (N·d, N·d), ε/λ²; ``options``: those of ``Glass``, or ``engine``, as of ``lte``."""
    if "engine" in options:
        return _csr(*engines.hessian(atoms, options.pop("engine"), **_with_model(model, options)))
    with _Opened(atoms, model, options) as glass:
        return glass.hessian(**options)


def minimize(
    atoms: ConfigurationLike,
    model: Optional[ModelLike] = None,
    *,
    method: Optional[str] = None,
    tolerance: Optional[float] = None,
    max_evaluations: Optional[int] = None,
    newton: Optional[bool] = None,
    saddles: Optional[str] = None,
    pressure: Optional[float] = None,
    shape: Optional[str] = None,
    session: Optional[Session] = None,
    progress: Progress = None,
    **reading: Any,
) -> Minimized:
    """Brings a configuration to its inherent structure, to machine precision; options as of ``softfield minimize``.

    ``pressure``: the box is let go to it, its size, or by ``shape`` its edges (``"orthogonal"``) or tilts too (``"full"``). Look at ``status``: ``"converged"`` is a minimum, proven by its Hessian's factor.
    """
    asked, arrays = _asked(atoms, model, reading)
    if reading:
        raise UsageError(f"there is no option {next(iter(reading))}", {"field": next(iter(reading))})
    params = {**asked, "method": method, "tolerance": tolerance, "maxEvaluations": max_evaluations}
    params.update({"newton": newton, "saddles": saddles, "pressure": pressure, "shape": shape})
    value, found = (session or default_session()).request("minimize", params, arrays, progress)
    return Minimized(configurations.configuration_of(found, value.pop("names")), value)


def make(
    model: ModelLike,
    particles: int,
    seed: int,
    *,
    protocol: Optional[str] = None,
    pressure: Optional[float] = None,
    equilibrated: bool = False,
    minimizer: Optional[str] = None,
    session: Optional[Session] = None,
    progress: Progress = None,
    **numbers: Optional[float],
) -> Minimized:
    """Makes a glass from a seed: the same bits as ``softfield make``, whose options it has.

    ``protocol``: ``"anneal"`` (default), ``"instantaneous"``, ``"cooling"``, ``"swap"``, ``"htl"``, ``"esl"``, ``"gq"``; ``pressure``:
    at which the liquid is held and the box of the glass let go (default: constant volume); ``equilibrated``: refuse a glass whose
    liquid swap, htl, esl or gq did not equilibrate; ``numbers`` of the protocol, in units of the model: ``liquid_temperature``, ``liquid_time``,
    ``anneal_temperature``, ``anneal_time``, ``final_temperature``, ``cooling_rate``, ``temperature``, ``sweeps``, ``swap_share``,
    ``dt``, ``relaxation``, ``tolerance``. ``summary`` has all of them under ``"protocol"``, and ``"equilibration"`` of those four.
    """
    params: Dict[str, Any] = {"model": models.request_of(model, None), "particles": particles, "seed": seed}
    params.update({"protocol": protocol, "pressure": pressure, "equilibrated": equilibrated, "minimizer": minimizer})
    params.update({_camel(name): value for name, value in numbers.items()})
    value, found = (session or default_session()).request("make", params, {}, progress)
    return Minimized(configurations.configuration_of(found, value.pop("names")), value)


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)


def crystal(
    model: ModelLike,
    lattice: Optional[str] = None,
    *,
    cells: Optional[int] = None,
    density: Optional[float] = None,
    species: Optional[str] = None,
    session: Optional[Session] = None,
) -> Crystal:
    """A perfect crystal of a model, its energy and elastic constants, to be held against published values: ``softfield crystal``.

    ``lattice``: ``"diamond"``, ``"fcc"``, ``"bcc"``, ``"sc"``, ``"hexagonal"``, ``"square"``, default the model's; ``cells`` along each edge (3);
    ``density``, particles a unit volume (default: where the pressure vanishes); ``species`` of the model (its first). Raises
    ``NotAMinimumError`` where it is unstable.
    """
    params = {"model": models.request_of(model, None), "lattice": lattice, "cells": cells, "density": density, "species": species}
    value, found = (session or default_session()).request("crystal", params)
    return Crystal(configurations.configuration_of(found, value.pop("names")), value)


def evaluate(
    atoms: ConfigurationLike, model: Optional[ModelLike] = None, *, session: Optional[Session] = None, **reading: Any
) -> Evaluated:
    """Energy, gradient and stress of any configuration, at a minimum or not."""
    asked, arrays = _asked(atoms, model, reading)
    if reading:
        raise UsageError(f"there is no option {next(iter(reading))}", {"field": next(iter(reading))})
    value, found = (session or default_session()).request("evaluate", asked, arrays)
    return Evaluated(value["energy"], found["gradient"], found["stress"])


def indicators(*, session: Optional[Session] = None) -> List[Dict[str, Any]]:
    """What softness can be read from: name, description, unit, and whether of particles or interactions."""
    return list((session or default_session()).request("about", {})[0]["indicators"])
