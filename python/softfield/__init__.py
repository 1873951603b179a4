"""softfield: local thermal energy, soft spots and plastic events of model glasses.

>>> import softfield
>>> glass = softfield.Glass("glass.extxyz", "2dipl")
>>> glass.lte().bonds.lte          # doctest: +SKIP
array([ 0.25…, …])

Functions take ASE Atoms, arrays, OVITO data or files, and a model; computations are done by one long-lived process of the
command ``softfield``, which ends with Python. docs/python.md tells all of it.
"""

from ._find import find_command
from .configurations import Configuration
from .engines import EngineEnergies
from .errors import (
    AbortedError,
    GeometryError,
    InputError,
    InternalError,
    ModelError,
    NotAMinimumError,
    NumericsError,
    ResourceError,
    SoftfieldError,
    UsageError,
)
from .features import Fit, fit, load_fit
from .files import write
from .glass import (
    Glass,
    census,
    crystal,
    escape,
    evaluate,
    features,
    field,
    hessian,
    indicator,
    indicators,
    lte,
    make,
    minimize,
    modes,
    nonaffine,
    observe,
    predict,
    shear,
    spots,
)
from .matrix import Factor, selected_inverse, solve
from .models import Model, model, models
from .results import (
    Census,
    Crystal,
    Deformed,
    Escaped,
    Evaluated,
    IndicatorValues,
    LocalThermalEnergies,
    Minimized,
    Modes,
    Observed,
    Predicted,
    Propensity,
    Sheared,
    Spots,
    Table,
)
from .session import Session, connect, session
from .thermal import deform, propensity

__version__ = "0.1.0"

__all__ = [name for name in dir() if not name.startswith("_")]
