"""What the pages keep and what they are served from, under the names that they use."""

from entente.dossier.cache import kept, kinds_kept
from entente.dossier.live_dataset import Holding, holding

__all__ = ["Holding", "holding", "kept", "kinds_kept"]
