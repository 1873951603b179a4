"""What computations give: tables of named columns with units, arrays, and a summary."""

from __future__ import annotations

import dataclasses
from typing import Any, Dict, Iterator, List, Mapping, Optional, Tuple

import numpy as np

from .configurations import Configuration


class Table:
    """Columns of equal length by name: ``table["lte"]`` or ``table.lte``, each a NumPy array.

    Attributes
    ----------
    units, descriptions : dict
        Of the columns that have them. ``λ`` and ``ε`` are the model's units of length and energy; a column without a
        unit is a pure number. Energies per ½k_BT are pure numbers.
    metadata : dict
        Model, number of particles, version …
    """

    def __init__(
        self,
        columns: Mapping[str, np.ndarray],
        units: Optional[Mapping[str, str]] = None,
        descriptions: Optional[Mapping[str, str]] = None,
        metadata: Optional[Mapping[str, Any]] = None,
    ) -> None:
        self._columns = dict(columns)
        self.units = dict(units or {})
        self.descriptions = dict(descriptions or {})
        self.metadata = dict(metadata or {})

    @property
    def columns(self) -> List[str]:
        return list(self._columns)

    def keys(self) -> List[str]:
        return list(self._columns)

    def __getitem__(self, name: str) -> np.ndarray:
        return self._columns[name]

    def __getattr__(self, name: str) -> np.ndarray:
        try:
            return self.__dict__["_columns"][name]
        except KeyError:
            raise AttributeError(f"there is no column {name}; there are {', '.join(self.__dict__.get('_columns', ()))}") from None

    def __dir__(self) -> List[str]:
        return [*super().__dir__(), *self._columns]

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        """Rows."""
        return len(next(iter(self._columns.values()), ()))

    def __contains__(self, name: object) -> bool:
        return name in self._columns

    def __repr__(self) -> str:
        words = [name + (f" ({self.units[name]})" if name in self.units else "") for name in self._columns]
        return f"<Table: {len(self)} rows of {', '.join(words)}>"

    def to_structured(self) -> np.ndarray:
        """One structured array, a field a column."""
        made = np.empty(len(self), dtype=[(name, values.dtype) for name, values in self._columns.items()])
        for name, values in self._columns.items():
            made[name] = values
        return made

    def to_pandas(self) -> Any:
        """A pandas DataFrame; units, descriptions and metadata are in its ``attrs``."""
        import pandas

        frame = pandas.DataFrame(self._columns)
        frame.attrs = {"units": self.units, "descriptions": self.descriptions, **self.metadata}
        return frame

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table):
            return NotImplemented
        return self.columns == other.columns and all(
            np.array_equal(self[name], other[name], equal_nan=self[name].dtype.kind == "f") for name in self
        )

    __hash__ = None  # type: ignore[assignment]


def tables_of(value: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> Dict[str, Table]:
    """The tables of an answer."""
    found = {}
    for name, table in value.get("tables", {}).items():
        columns, units, descriptions = {}, {}, {}
        for column in table["columns"]:
            key = column["name"]
            texts = column.get("texts")
            columns[key] = arrays[f"{name}/{key}"] if texts is None else np.array(texts)
            if column.get("unit"):
                units[key] = column["unit"]
            if column.get("description"):
                descriptions[key] = column["description"]
        found[name] = Table(columns, units, descriptions, table.get("metadata"))
    return found


@dataclasses.dataclass(frozen=True, eq=False)
class LocalThermalEnergies:
    """Local thermal energies E_α of all interactions, (⟨ε⟩ − ε⁰)/(½k_BT) as T → 0 (Eq. 3, Zylberg et al. 2017).

    Attributes
    ----------
    bonds : Table
        A row a pair: ``i``, ``j`` (from 0), ``lte`` and its parts ``harmonic`` and ``anharmonic``, ``type_i``, ``type_j``, ``r``,
        ``dx``, ``dy`` (``dz``) from i to j, and the midpoint ``x``, ``y`` (``z``).
    particles : Table
        A row a particle: ``species``, ``x``, ``y`` (``z``), ``lte`` (each interaction shared alike by its particles), ``lte_max``
        (the largest |lte| of its interactions), ``thermal_displacement_x`` …
        By windows the bonds have ``lte_error``, standard errors.
    families : dict of str → Table
        Terms of more than two particles, by their names: ``"triples"``, ``"embeddings"``. Empty for pair potentials.
    summary : dict
        Energy, pressure, residual, warnings, ``notes`` (what was made of the rows of a potential, and by how much E would differ
        by the rows as they are) …, as ``softfield lte --json`` prints it.
    """

    bonds: Table
    particles: Table
    families: Dict[str, Table]
    summary: Dict[str, Any]

    def to_pandas(self) -> Any:
        """The bonds as a pandas DataFrame."""
        return self.bonds.to_pandas()


@dataclasses.dataclass(frozen=True, eq=False)
class Modes:
    """The lowest normal modes, translations left out, M·Ψ = ω²·Ψ.

    Attributes
    ----------
    table : Table
        A row a mode: ``mode`` (from 1), ``frequency`` ω, ``square`` ω², ``residual`` ‖MΨ − ω²Ψ‖, ``participation``.
    vectors : ndarray (count, N, d)
        Ψ, normalised over all particles; 0 or NaN on rattlers.
    weights : ndarray (N,)
        Σ |Ψ_i|² over the modes.
    summary : dict
    """

    table: Table
    vectors: np.ndarray
    weights: np.ndarray
    summary: Dict[str, Any]

    @property
    def frequencies(self) -> np.ndarray:
        """ω, (count,), 1/τ₀."""
        return self.table["frequency"]

    def to_pandas(self) -> Any:
        return self.table.to_pandas()


@dataclasses.dataclass(frozen=True, eq=False)
class Observed:
    """Low-temperature averages of the observables of Eq. 1.

    Attributes
    ----------
    particles : Table
        ``debye_waller`` (λ²/ε), ``energy``, ``pressure``, ``shear_stress`` per ½k_BT, ``thermal_displacement_x`` …
    bonds : Table
        ``i``, ``j``, ``length``: (⟨r⟩ − r⁰)/(½k_BT).
    summary : dict
        Energy, thermal expansion, elastic constants and moduli.
    """

    particles: Table
    bonds: Table
    summary: Dict[str, Any]

    def to_pandas(self) -> Any:
        """The particles as a pandas DataFrame."""
        return self.particles.to_pandas()


@dataclasses.dataclass(frozen=True, eq=False)
class Spots:
    """A softness field and its maxima, the soft spots (SI D).

    Attributes
    ----------
    table : Table
        Softest first: ``rank``, ``x``, ``y`` (``z``) in the box as given, ``score``, ``standardized``.
    field : ndarray (n_y, n_x) or (n_z, n_y, n_x)
        The smoothed field on its bins; bin k of an edge spans (k … k + 1)/n of that edge, from the corner at the origin of the coordinates
        in which softfield computes. ``raw``: before smoothing; ``entries`` and ``kept``: values in each bin, all and above the threshold.
    summary : dict
    """

    table: Table
    field: np.ndarray
    raw: np.ndarray
    entries: np.ndarray
    kept: np.ndarray
    summary: Dict[str, Any]

    def __len__(self) -> int:
        return len(self.table)

    @property
    def positions(self) -> np.ndarray:
        """(count, d), λ."""
        return np.stack([self.table[axis] for axis in "xyz" if axis in self.table], axis=1)

    def to_pandas(self) -> Any:
        return self.table.to_pandas()


@dataclasses.dataclass(frozen=True, eq=False)
class Sheared:
    """Plastic events under athermal quasistatic shear (SI E).

    Attributes
    ----------
    events : Table
        A row an event: ``ordinal``, ``strain``, ``particle``, ``trigger``, ``modeParticle``, ``x`` …, energies and stresses before
        and after, ``drop``, ``displacement``, ``participation``, ``rearranged``.
    path : Table
        The minima that were passed: ``strain``, ``energy``, ``stress``, ``modulus``, ``eigenvalue``, ``events`` before them.
    configuration : Configuration
        The last one.
    displacements : ndarray (events, N, d) or None
        Of every event, affine part excluded, λ; where they were asked for.
    status : str
        ``"complete"``, or ``"max-strain"`` where there were fewer events up to there; others tell in ``summary["message"]`` what to do.
    cycles : list of dict
        Of a load to and fro: ``events``, ``dissipated`` (ε), ``energy``, ``moved`` (λ), ``period`` … of each cycle; else empty.
    summary : dict
    """

    events: Table
    path: Table
    configuration: Configuration
    displacements: Optional[np.ndarray]
    summary: Dict[str, Any]

    @property
    def status(self) -> str:
        return str(self.summary["status"])

    @property
    def cycles(self) -> List[Dict[str, Any]]:
        return list(self.summary.get("cycles", []))

    def to_pandas(self) -> Any:
        """The events as a pandas DataFrame."""
        return self.events.to_pandas()


@dataclasses.dataclass(frozen=True, eq=False)
class Predicted:
    """Soft spots of a glass, its plastic events, and how well the first foretold the second (SI E).

    Attributes
    ----------
    scores : Table
        A row an event: ``ordinal``, ``strain``, ``particle``; by every indicator ``NAME_rank``, ``NAME_standardized``, ``NAME_distance``
        (λ) of the nearest spot, and ``NAME_correlation``, C; ``foretold_strain`` of that spot by linear response (negative: the load
        stiffens it); with ``forecast=True`` ``local_strain``, ``local_rank``, ``cubic_strain``, ``cubic_rank``, with ``follow=True``
        ``followed_strain``, ``followed_rank``.
    spots : dict of str → Table
        The soft spots by every indicator, as of ``Spots.table``, without yield strains.
    fields : dict of str → ndarray
        Their fields on bins, (n_y, n_x) or (n_z, n_y, n_x).
    forecast : Table or None
        With ``forecast=True``, where the unsheared glass is to yield, in order: ``strain``, ``particle``, ``x`` ….
    sheared : Sheared
        The events themselves, the way, the last configuration.
    summary : dict
        ``forecast``, the same; ``unstrained``, where memory was short for the slopes of E, why spots have no yield strains and the
        forecast no places by these slopes.
    """

    scores: Table
    spots: Dict[str, Table]
    fields: Dict[str, np.ndarray]
    forecast: Optional[Table]
    sheared: Sheared
    summary: Dict[str, Any]

    def to_pandas(self) -> Any:
        """The scores as a pandas DataFrame."""
        return self.scores.to_pandas()


@dataclasses.dataclass(frozen=True, eq=False)
class Escaped:
    """Ways out of an energy minimum by thermal activation.

    Attributes
    ----------
    ways : Table
        A row a way, the fastest first: ``particle`` that moves furthest, its place ``x`` …, ``barrier``, ``back``, ``difference`` (ε),
        ``curvature`` (1/τ₀²), ``prefactor``, ``rate`` (1/τ₀), ``share`` of all rates, ``displacement`` (λ), ``participation``, ``found``,
        and after runs ``passages`` that went that way.
    saddles, minima : ndarray (ways, N, d)
        Displacements from the minimum to the saddle, and to the minimum behind it, λ.
    summary : dict
        ``rate`` of all ways and ``time``, its inverse; ``passages``, of each run ``time`` (None: none until the end), ``particle`` and
        ``way`` (from 1; None: not of the list).
    """

    ways: Table
    saddles: np.ndarray
    minima: np.ndarray
    summary: Dict[str, Any]

    @property
    def rate(self) -> float:
        """Of all ways found, 1/τ₀."""
        return float(self.summary["rate"])

    @property
    def passages(self) -> List[Dict[str, Any]]:
        return list(self.summary["passages"])

    def to_pandas(self) -> Any:
        return self.ways.to_pandas()


@dataclasses.dataclass(frozen=True, eq=False)
class Deformed:
    """Shear at a finite rate and temperature.

    Attributes
    ----------
    path : Table
        Along the strain: ``strain``, ``stress``, ``pressure`` (ε/λ^d), ``energy`` (ε, potential), ``temperature`` (ε/k_B), ``work``, ``heat``
        (ε, since the start); with ``inherent=True`` also of the minimum below: ``inherentEnergy``, ``inherentStress``, and since the
        point before: ``drop`` (ε, at the strain of the rearrangement; 0: none), ``rearranged`` particles, ``particle`` of the largest ``d2min`` (λ²), ``participation``.
    configuration : Configuration
        The last one.
    summary : dict
        ``flowStress`` of the second half with ``flowStressError`` by ten blocks (None of few points), ``viscosity``, the ``temperature`` that
        was kept with ``temperatureError``, ``work``, ``heat``, ``rearrangements``, and ``flow``, how it was made.
    """

    path: Table
    configuration: Configuration
    summary: Dict[str, Any]

    def to_pandas(self) -> Any:
        """The path as a pandas DataFrame."""
        return self.path.to_pandas()


@dataclasses.dataclass(frozen=True, eq=False)
class Propensity:
    """Mean displacements over many runs from one configuration.

    Attributes
    ----------
    times : ndarray (times,)
        τ₀.
    mean, error : ndarray (times, N)
        Mean over the runs of |x_i(t) − x_i(0)|, and its standard error, λ.
    table : Table
        A row a particle: ``particle``, ``species``, ``propensity_TIME``, ``error_TIME``.
    summary : dict
    """

    times: np.ndarray
    mean: np.ndarray
    error: np.ndarray
    table: Table
    summary: Dict[str, Any]

    def to_pandas(self) -> Any:
        return self.table.to_pandas()


@dataclasses.dataclass(frozen=True, eq=False)
class Census:
    """The soft excitations of a glass, and the strain at which each yields.

    Attributes
    ----------
    table : Table
        Those first that the load yields first: ``particle``, ``x`` …, ``threshold``, ``softest``, ``stiffness``, ``anharmonicity``,
        ``barrier`` (cubic), ``participation``, ``radius``, ``coupling_xx`` …; of the first ``local`` of them ``local_threshold``,
        ``local_particle``, ``local_by_pressure``, ``local_by_xx`` …, ``local_at_ANGLE`` (``surface``); of the first ``barriers``
        ``well_barrier`` (true), ``well_back``, ``well_difference`` …. NaN where they were not asked for, or there is none.
    fields : ndarray (count, N, d)
        Their displacement fields, normalised.
    summary : dict
    """

    table: Table
    fields: np.ndarray
    summary: Dict[str, Any]

    def to_pandas(self) -> Any:
        return self.table.to_pandas()


@dataclasses.dataclass(frozen=True, eq=False)
class IndicatorValues:
    """One measure of softness. ``values``: (N,) of particles, or of the bonds, in the order of ``lte(...).bonds``; ``families``:
    of terms of more particles, in the order of the model's families; ``of``: ``"particles"`` or ``"interactions"``."""

    name: str
    of: str
    unit: str
    description: str
    values: np.ndarray
    families: Tuple[np.ndarray, ...] = ()


@dataclasses.dataclass(frozen=True, eq=False)
class Minimized:
    """An inherent structure. ``configuration``: where it is; ``status``: ``"converged"``, or what else came of it; ``summary``: energy,
    residual (largest force over the typical pair force), evaluations …"""

    configuration: Configuration
    summary: Dict[str, Any]

    @property
    def status(self) -> str:
        return str(self.summary["status"])

    @property
    def energy(self) -> float:
        return float(self.summary["energy"])


@dataclasses.dataclass(frozen=True, eq=False)
class Crystal:
    """A perfect crystal. ``configuration``; ``summary``: ``lattice``, ``density``, ``energyPerParticle`` (ε), ``largestForce`` (ε/λ), ``pressure``,
    ``elasticConstants``, ``bulkModulus``, ``shearModulus`` … (ε/λ^d)."""

    configuration: Configuration
    summary: Dict[str, Any]


@dataclasses.dataclass(frozen=True, eq=False)
class Evaluated:
    """``energy`` U (ε), ``gradient`` ∂U/∂x (N, d; ε/λ; minus the forces), ``stress`` (d, d; ε/λ^d)."""

    energy: float
    gradient: np.ndarray
    stress: np.ndarray
