# Names under which the methods of OrdinaryDiffEq are loaded as well, and those of ways to differentiate.
module DifferentialEquations
using ..SciMLBase, ..ReturnCode
import ..SciMLBase
import ..OrdinaryDiffEq: Euler, Midpoint, Heun, Ralston, RK4, BS3, Tsit5, DP5, Vern7, Rosenbrock23, Rodas4, Rodas5P, TRBDF2, ImplicitEuler, ImplicitMidpoint, Trapezoid, AutoTsit5, AutoVern7
import ..DiffEqCallbacks: PresetTimeCallback, SavingCallback, SavedValues
export Euler, Midpoint, Heun, Ralston, RK4, BS3, Tsit5, DP5, Vern7, Rosenbrock23, Rodas4, Rodas5P, TRBDF2, ImplicitEuler, ImplicitMidpoint, Trapezoid, AutoTsit5, AutoVern7,
    ODEProblem, ODEFunction, ODESolution, remake, solve, solve!, init, step!, ReturnCode, SciMLBase, DiscreteCallback, ContinuousCallback, CallbackSet, terminate!, add_tstop!, u_modified!, set_u!, get_du, reinit!, tuples, PresetTimeCallback, SavingCallback, SavedValues
end
module OrdinaryDiffEqTsit5
using ..SciMLBase, ..ReturnCode
import ..SciMLBase
import ..OrdinaryDiffEq: Tsit5, AutoTsit5
export Tsit5, AutoTsit5,
    ODEProblem, ODEFunction, ODESolution, remake, solve, solve!, init, step!, ReturnCode, SciMLBase, DiscreteCallback, ContinuousCallback, CallbackSet, terminate!, add_tstop!, u_modified!, set_u!, get_du, reinit!, tuples
end
module OrdinaryDiffEqLowOrderRK
using ..SciMLBase, ..ReturnCode
import ..SciMLBase
import ..OrdinaryDiffEq: Euler, Midpoint, Heun, Ralston, RK4, BS3, DP5
export Euler, Midpoint, Heun, Ralston, RK4, BS3, DP5,
    ODEProblem, ODEFunction, ODESolution, remake, solve, solve!, init, step!, ReturnCode, SciMLBase, DiscreteCallback, ContinuousCallback, CallbackSet, terminate!, add_tstop!, u_modified!, set_u!, get_du, reinit!, tuples
end
module OrdinaryDiffEqVerner
using ..SciMLBase, ..ReturnCode
import ..SciMLBase
import ..OrdinaryDiffEq: Vern7, AutoVern7
export Vern7, AutoVern7,
    ODEProblem, ODEFunction, ODESolution, remake, solve, solve!, init, step!, ReturnCode, SciMLBase, DiscreteCallback, ContinuousCallback, CallbackSet, terminate!, add_tstop!, u_modified!, set_u!, get_du, reinit!, tuples
end
module OrdinaryDiffEqRosenbrock
using ..SciMLBase, ..ReturnCode
import ..SciMLBase
import ..OrdinaryDiffEq: Rosenbrock23, Rodas4, Rodas5P
export Rosenbrock23, Rodas4, Rodas5P,
    ODEProblem, ODEFunction, ODESolution, remake, solve, solve!, init, step!, ReturnCode, SciMLBase, DiscreteCallback, ContinuousCallback, CallbackSet, terminate!, add_tstop!, u_modified!, set_u!, get_du, reinit!, tuples
end
module OrdinaryDiffEqSDIRK
using ..SciMLBase, ..ReturnCode
import ..SciMLBase
import ..OrdinaryDiffEq: ImplicitEuler, ImplicitMidpoint, Trapezoid, TRBDF2
export ImplicitEuler, ImplicitMidpoint, Trapezoid, TRBDF2,
    ODEProblem, ODEFunction, ODESolution, remake, solve, solve!, init, step!, ReturnCode, SciMLBase, DiscreteCallback, ContinuousCallback, CallbackSet, terminate!, add_tstop!, u_modified!, set_u!, get_du, reinit!, tuples
end
module OrdinaryDiffEqDefault
using ..SciMLBase, ..ReturnCode
import ..SciMLBase
export ODEProblem, ODEFunction, ODESolution, remake, solve, solve!, init, step!, ReturnCode, SciMLBase, DiscreteCallback, ContinuousCallback, CallbackSet, terminate!, add_tstop!, u_modified!, set_u!, get_du, reinit!, tuples
end
module OrdinaryDiffEqCore
using ..SciMLBase, ..ReturnCode
import ..SciMLBase
export ODEProblem, ODEFunction, ODESolution, remake, solve, solve!, init, step!, ReturnCode, SciMLBase, DiscreteCallback, ContinuousCallback, CallbackSet, terminate!, add_tstop!, u_modified!, set_u!, get_du, reinit!, tuples
end
module DiffEqBase
using ..SciMLBase, ..ReturnCode
import ..SciMLBase
export ODEProblem, ODEFunction, ODESolution, remake, solve, solve!, init, step!, ReturnCode, SciMLBase, DiscreteCallback, ContinuousCallback, CallbackSet, terminate!, add_tstop!, u_modified!, set_u!, get_du, reinit!, tuples
end
"Ways to differentiate: derivatives go through the steps whichever is named."
module SciMLSensitivity
import ..SciMLBase: AbstractSensitivityAlgorithm
export ForwardDiffSensitivity, ForwardSensitivity, InterpolatingAdjoint, BacksolveAdjoint, QuadratureAdjoint, GaussAdjoint, ReverseDiffAdjoint, TrackerAdjoint, ZygoteAdjoint, EnzymeAdjoint, ForwardLSS, AdjointLSS,
    SteadyStateAdjoint, ZygoteVJP, EnzymeVJP, ReverseDiffVJP, TrackerVJP
struct ForwardDiffSensitivity <: AbstractSensitivityAlgorithm
    ForwardDiffSensitivity(; kw...) = new()
end
struct ForwardSensitivity <: AbstractSensitivityAlgorithm
    ForwardSensitivity(; kw...) = new()
end
struct InterpolatingAdjoint <: AbstractSensitivityAlgorithm
    InterpolatingAdjoint(; kw...) = new()
end
struct BacksolveAdjoint <: AbstractSensitivityAlgorithm
    BacksolveAdjoint(; kw...) = new()
end
struct QuadratureAdjoint <: AbstractSensitivityAlgorithm
    QuadratureAdjoint(; kw...) = new()
end
struct GaussAdjoint <: AbstractSensitivityAlgorithm
    GaussAdjoint(; kw...) = new()
end
struct ReverseDiffAdjoint <: AbstractSensitivityAlgorithm
    ReverseDiffAdjoint(; kw...) = new()
end
struct TrackerAdjoint <: AbstractSensitivityAlgorithm
    TrackerAdjoint(; kw...) = new()
end
struct ZygoteAdjoint <: AbstractSensitivityAlgorithm
    ZygoteAdjoint(; kw...) = new()
end
struct EnzymeAdjoint <: AbstractSensitivityAlgorithm
    EnzymeAdjoint(; kw...) = new()
end
struct ForwardLSS <: AbstractSensitivityAlgorithm
    ForwardLSS(; kw...) = new()
end
struct AdjointLSS <: AbstractSensitivityAlgorithm
    AdjointLSS(; kw...) = new()
end
struct SteadyStateAdjoint <: AbstractSensitivityAlgorithm
    SteadyStateAdjoint(; kw...) = new()
end
struct ZygoteVJP
    ZygoteVJP(compile=false; kw...) = new()
end
struct EnzymeVJP
    EnzymeVJP(compile=false; kw...) = new()
end
struct ReverseDiffVJP
    ReverseDiffVJP(compile=false; kw...) = new()
end
struct TrackerVJP
    TrackerVJP(compile=false; kw...) = new()
end
end
