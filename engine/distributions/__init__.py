"""The families, one file each, and the registry that names them."""

from engine.distributions.base import Distribution, Parameter
from engine.distributions.beta import Beta
from engine.distributions.beta_binomial import BetaBinomial
from engine.distributions.binomial import Binomial
from engine.distributions.birnbaum_saunders import BirnbaumSaunders
from engine.distributions.burr import Burr
from engine.distributions.cauchy import Cauchy
from engine.distributions.chi_squared import ChiSquared
from engine.distributions.exponential import Exponential
from engine.distributions.frechet import Frechet
from engine.distributions.gamma import Gamma
from engine.distributions.generalized_gamma import GeneralizedGamma
from engine.distributions.generalized_normal import GeneralizedNormal
from engine.distributions.generalized_pareto import GeneralizedPareto
from engine.distributions.geometric import Geometric
from engine.distributions.gev import Gev
from engine.distributions.gompertz import Gompertz
from engine.distributions.gumbel import Gumbel
from engine.distributions.half_normal import HalfNormal
from engine.distributions.inverse_gamma import InverseGamma
from engine.distributions.inverse_gaussian import InverseGaussian
from engine.distributions.kumaraswamy import Kumaraswamy
from engine.distributions.laplace import Laplace
from engine.distributions.logarithmic import Logarithmic
from engine.distributions.logistic import Logistic
from engine.distributions.loglogistic import Loglogistic
from engine.distributions.lognormal import Lognormal
from engine.distributions.lomax import Lomax
from engine.distributions.maxwell import Maxwell
from engine.distributions.nakagami import Nakagami
from engine.distributions.negative_binomial import NegativeBinomial
from engine.distributions.normal import Normal
from engine.distributions.normal_mixture import NormalMixture
from engine.distributions.pareto import Pareto
from engine.distributions.poisson import Poisson
from engine.distributions.poisson_mixture import PoissonMixture
from engine.distributions.rayleigh import Rayleigh
from engine.distributions.skew_normal import SkewNormal
from engine.distributions.student_t import StudentT
from engine.distributions.uniform import Uniform
from engine.distributions.von_mises import VonMises
from engine.distributions.weibull import Weibull
from engine.distributions.zero_inflated_poisson import ZeroInflatedPoisson
from engine.distributions.zeta import Zeta

__all__ = ["FAMILIES", "Distribution", "Parameter"]

FAMILIES: dict[str, type[Distribution]] = {
    family.name: family
    for family in (
        Normal,
        Logistic,
        Cauchy,
        Gumbel,
        StudentT,
        Gev,
        Laplace,
        SkewNormal,
        GeneralizedNormal,
        NormalMixture.knowing(2),
        Exponential,
        Gamma,
        InverseGamma,
        Weibull,
        Frechet,
        Lognormal,
        Loglogistic,
        InverseGaussian,
        BirnbaumSaunders,
        Rayleigh,
        HalfNormal,
        Maxwell,
        Nakagami,
        ChiSquared,
        Gompertz,
        GeneralizedGamma,
        Lomax,
        Burr,
        GeneralizedPareto,
        Pareto,
        Uniform,
        Beta,
        Kumaraswamy,
        VonMises,
        Poisson,
        Geometric,
        NegativeBinomial,
        Binomial,
        BetaBinomial,
        ZeroInflatedPoisson,
        PoissonMixture.knowing(2),
        Logarithmic,
        Zeta,
    )
}
"""Every family by its contract name."""
