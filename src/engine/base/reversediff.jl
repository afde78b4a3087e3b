# ReverseDiff's functions and shapes over reverse mode.
module ReverseDiff

public gradient, gradient!, jacobian, jacobian!, hessian, hessian!, GradientConfig, JacobianConfig, HessianConfig, GradientTape, JacobianTape, HessianTape,
    AbstractTape, compile, value, track, istracked, TrackedReal, TrackedArray, TrackedVector, TrackedMatrix

import ..EnzymeCore
import ..EnzymeAutodiff
import ..EnzymeRules
import ..EnzymeSugar
import ..ForwardDiff
import ..DiffResults
import ..DiffResults: DiffResult

# ---- Configurations and recorded tapes: there is nothing to prepare, a tape is the function

struct GradientConfig end
struct JacobianConfig end
struct HessianConfig end
GradientConfig(x, rest...) = GradientConfig()
JacobianConfig(x, rest...) = JacobianConfig()
HessianConfig(x, rest...) = HessianConfig()
const MaybeConfig = Union{Nothing,GradientConfig,JacobianConfig,HessianConfig}
abstract type AbstractTape end
struct GradientTape{F} <: AbstractTape
    f::F
end
struct JacobianTape{F,Y} <: AbstractTape
    f::F
    y::Y
end
struct HessianTape{F} <: AbstractTape
    f::F
end
GradientTape(f, x, cfg::GradientConfig = GradientConfig()) = GradientTape(f)
JacobianTape(f, x::Union{AbstractArray,Tuple}, cfg::JacobianConfig = JacobianConfig()) = JacobianTape{typeof(f),Nothing}(f, nothing)
JacobianTape(f!, y::AbstractArray, x::AbstractArray, cfg::JacobianConfig = JacobianConfig()) = JacobianTape{typeof(f!),typeof(y)}(f!, y)
HessianTape(f, x, cfg::HessianConfig = HessianConfig()) = HessianTape(f)
compile(tape::AbstractTape) = tape
value(x) = x

# ---- Rules of programs

"The types under which ReverseDiff watches numbers and arrays: programs write methods for them that call `track`. Here nothing has them."
struct TrackedReal{V<:Real,D<:Real,O} <: Real
    value::V
    deriv::D
end
struct TrackedArray{V<:Real,D<:Real,N,VA,DA} <: AbstractArray{V,N}
    value::VA
    deriv::DA
end
const TrackedVector{V,D} = TrackedArray{V,D,1}
const TrackedMatrix{V,D} = TrackedArray{V,D,2}
"What such methods call: the function, whose rule is what `@grad` wrote."
track(f, args...; kwargs...) = f(args...; kwargs...)
"The value and the pullback of a call by a rule that `@grad` wrote; nothing without one."
tracked_rule(f, args...; kwargs...) = nothing
"What `@skip` makes of a function: what it gives is constant to ReverseDiff."
struct SkipOptimize{F} <: Function
    f::F
end
(s::SkipOptimize)(args...; kws...) = EnzymeAutodiff.disconnected(cut, s.f(args...; kws...))
cut(x::Float64) = x
EnzymeRules.inactive(::typeof(cut), ::Float64) = nothing
"Is it watched?"
istracked(x) = false

# ---- Gradients

# ReverseDiff does not follow the rules that programs write for Enzyme or ChainRules, but those of `@grad`.
const MODE = EnzymeCore.set_abi(EnzymeCore.ReverseWithPrimal, EnzymeCore.TrackedRulesOnly)
const FLAGS = EnzymeAutodiff.wanted(MODE)

"Elements as floats, and those of a range each by itself."
floats(x) = float(x)
floats(x::AbstractRange) = collect(float(x))
"The gradient of a scalar function of one array, or of a tuple of arrays."
gradient(f, x::AbstractArray, cfg::MaybeConfig = nothing) = value_and_gradient(f, (floats(x),))[2][1]
gradient(f, xs::Tuple, cfg::MaybeConfig = nothing) = value_and_gradient(f, map(floats, xs))[2]
function value_and_gradient(f::F, xs::X) where {F,X}
    args = map(EnzymeSugar.annotate, xs)
    shadow = ForwardDiff.own_shadow(f)
    slots, y = EnzymeAutodiff.autodiff(MODE, annotated(f, shadow), EnzymeCore.Active, args...)
    (y, map(EnzymeSugar.found, args, slots))
end
annotated(f, ::Nothing) = EnzymeCore.Const(f)
annotated(f, shadow) = EnzymeCore.Duplicated(f, shadow)

"The gradient written into `result`."
gradient!(result::AbstractArray, f, x::AbstractArray, cfg::MaybeConfig = nothing) = copyto!(result, gradient(f, x))
function gradient!(results::Tuple, f, xs::Tuple, cfg::MaybeConfig = nothing)
    y, adjoints = value_and_gradient(f, map(floats, xs))
    map((r, dx) -> into(r, (y, (dx,))), results, adjoints)
end
gradient!(r::DiffResult, f, x::AbstractArray, cfg::MaybeConfig = nothing) = into(r, value_and_gradient(f, (floats(x),)))
gradient!(r::AbstractArray, tape::GradientTape, x::AbstractArray) = gradient!(r, tape.f, x)
gradient!(r::Tuple, tape::GradientTape, x::Tuple) = gradient!(r, tape.f, x)
gradient!(r::DiffResult, tape::GradientTape, x::AbstractArray) = gradient!(r, tape.f, x)
gradient!(tape::GradientTape, x) = gradient(tape.f, x)
into(r::AbstractArray, (y, (dx,))) = copyto!(r, dx)
into(r, (y, (dx,))) = DiffResults.gradient!(DiffResults.value!(r, y), dx)

# ---- Jacobians

"The derivatives of every element of `f(x)` (rows) by every element of `x` (columns)."
function jacobian(f, x::AbstractArray, cfg::MaybeConfig = nothing)
    at = floats(x)
    y = f(at)
    rows = zeros(eltype(at), length(y), length(at))
    for i in 1:length(y)
        row = EnzymeSugar.jacobian_row(f, EnzymeSugar.annotate(at), i, FLAGS)
        for j in 1:length(at)
            rows[i, j] = row[j]
        end
    end
    rows
end
"The same for each of several arrays."
jacobian(f, xs::Tuple, cfg::MaybeConfig = nothing) = jacobians(f, (), map(floats, xs))
jacobians(f, before::Tuple, ::Tuple{}) = ()
function jacobians(f, before::Tuple, rest::Tuple)
    after = Base.tail(rest)
    (jacobian(x -> f(before..., x, after...), rest[1]), jacobians(f, (before..., rest[1]), after)...)
end
"The jacobian of `f!(y, x)`, which fills `y`."
function jacobian(f!, y::AbstractArray, x::AbstractArray, cfg::MaybeConfig = nothing)
    rows = zeros(eltype(y), length(y), length(x))
    for i in 1:length(y)
        dy, dx = zero(y), zero(x)
        dy[i] = one(eltype(y))
        Base.__gradient((f!, y, x), (ForwardDiff.own_shadow(f!), dy, dx), nothing, FLAGS)
        for j in 1:length(x)
            rows[i, j] = dx[j]
        end
    end
    rows
end
jacobian!(result::AbstractArray, f, x::AbstractArray, cfg::MaybeConfig = nothing) = copyto!(result, jacobian(f, x))
jacobian!(results::Tuple, f, xs::Tuple, cfg::MaybeConfig = nothing) = map(copyto!, results, jacobian(f, xs))
jacobian!(result::AbstractArray, f!, y::AbstractArray, x::AbstractArray, cfg::MaybeConfig = nothing) = copyto!(result, jacobian(f!, y, x))
jacobian!(r::DiffResult, f, x::AbstractArray, cfg::MaybeConfig = nothing) = DiffResults.jacobian!(DiffResults.value!(r, f(floats(x))), jacobian(f, x))
jacobian!(r::DiffResult, f!, y::AbstractArray, x::AbstractArray, cfg::MaybeConfig = nothing) =
    (J = jacobian(f!, y, x); DiffResults.jacobian!(DiffResults.value!(r, y), J))
jacobian!(r::AbstractArray, tape::JacobianTape, x::AbstractArray) = recorded_jacobian!(r, tape.f, tape.y, x)
jacobian!(r::Tuple, tape::JacobianTape, x::Tuple) = recorded_jacobian!(r, tape.f, tape.y, x)
jacobian!(r::DiffResult, tape::JacobianTape, x::AbstractArray) = recorded_jacobian!(r, tape.f, tape.y, x)
jacobian!(tape::JacobianTape, x) = recorded_jacobian(tape.f, tape.y, x)
recorded_jacobian(f, ::Nothing, x) = jacobian(f, x)
recorded_jacobian(f!, y::AbstractArray, x) = jacobian(f!, y, x)
recorded_jacobian!(r, f, ::Nothing, x) = jacobian!(r, f, x)
recorded_jacobian!(r, f!, y::AbstractArray, x) = jacobian!(r, f!, y, x)

# ---- Hessians, reverse over reverse

"The second derivatives of a scalar function."
hessian(f, x::AbstractArray, cfg::MaybeConfig = nothing) = jacobian(at -> gradient(f, at), x)
hessian!(result::AbstractArray, f, x::AbstractArray, cfg::MaybeConfig = nothing) = copyto!(result, hessian(f, x))
hessian!(r::DiffResult, f, x::AbstractArray, cfg::MaybeConfig = nothing) = DiffResults.hessian!(gradient!(r, f, x), hessian(f, x))
hessian!(r::AbstractArray, tape::HessianTape, x::AbstractArray) = hessian!(r, tape.f, x)
hessian!(tape::HessianTape, x::AbstractArray) = hessian(tape.f, x)
hessian!(r::DiffResult, tape::HessianTape, x::AbstractArray) = hessian!(r, tape.f, x)

end
