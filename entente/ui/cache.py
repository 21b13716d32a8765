"""What the pages keep and what they are served from, under the names that they use."""

from entente.cache import kept, kinds_kept
from entente.shelf import Holding, holding

__all__ = ["Holding", "holding", "kept", "kinds_kept"]
