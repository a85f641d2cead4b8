"""The likelihood of nodes, bent to agree with that of a sample to the second order at one place.

    m(θ) = ℓₙ(θ) + a + bᵀδ − ½ δᵀCδ,   δ = θ − θ₀

a, b and C are by how much the value, the score and the information of the sample differ from the
nodes' at θ₀. What is left is the difference of the third derivatives, so that near θ₀ the top of
m is that of the sample, at the price of the nodes. Conn, Gould & Toint, Trust-Region Methods
(2000), section 1.2, call m a model.
"""

from collections.abc import Sequence

import numpy as np

from engine.distributions.base import Array
from engine.likelihoods.likelihood import Jet, Likelihood

__all__ = ["Surrogate"]


class Surrogate:
    """Nodes' likelihood that agrees with a sample's at a place where that has the given jet."""

    def __init__(self, nodes: Likelihood, place: Sequence[float], jet: Jet) -> None:
        self.nodes = nodes
        self.place = np.array(place)
        self.jet_there = jet
        rough = nodes.jet(place)
        self.off = Jet(
            jet.value - rough.value, jet.score - rough.score, jet.information - rough.information
        )

    def jet(self, parameters: Array) -> Jet:
        """Its own value, score and information."""
        value, score, information = self.nodes.jet(parameters.tolist())
        moved = parameters - self.place
        bent = self.off.information @ moved
        slope = self.off.score - bent
        return Jet(
            value + self.off.value + float((self.off.score - 0.5 * bent) @ moved),
            score + slope,
            information + self.off.information,
        )
