"""The problem as flat arrays that compiled kernels can walk."""

from vested.engines.training._model._arrays import Model
from vested.engines.training._model._candidates import with_candidates
from vested.engines.training._model._flat import model_of

__all__ = ["Model", "model_of", "with_candidates"]
