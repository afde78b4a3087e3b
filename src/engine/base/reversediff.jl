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

# ---- Rules of programs

"The value and the pullback of a call by a rule that `@grad` wrote; nothing without one."
tracked_rule(f, args...; kwargs...) = nothing
"What `@skip` makes of a function: what it gives is constant to ReverseDiff."
struct SkipOptimize{F} <: Function
    f::F
end
(s::SkipOptimize)(args...; kws...) = EnzymeAutodiff.disconnected(cut, value(s.f(map(value, args)...; kws...)))
cut(x::Float64) = x
EnzymeRules.inactive(::typeof(cut), ::Float64) = nothing

# ---- By reverse mode of the program

# ReverseDiff does not follow the rules that programs write for Enzyme or ChainRules, but those of `@grad`.
const MODE = EnzymeCore.set_abi(EnzymeCore.ReverseWithPrimal, EnzymeCore.TrackedRulesOnly)
const FLAGS = EnzymeAutodiff.wanted(MODE)

"Elements as floats, and those of a range each by itself."
floats(x) = float(x)
floats(x::AbstractRange) = collect(float(x))
function value_and_gradient(f::F, xs::X) where {F,X}
    args = map(EnzymeSugar.annotate, xs)
    shadow = ForwardDiff.own_shadow(f)
    slots, y = EnzymeAutodiff.autodiff(MODE, annotated(f, shadow), EnzymeCore.Active, args...)
    (y, map(EnzymeSugar.found, args, slots))
end
annotated(f, ::Nothing) = EnzymeCore.Const(f)
annotated(f, shadow) = EnzymeCore.Duplicated(f, shadow)
"The derivatives of every element of `f(x)` (rows) by every element of `x` (columns)."
function plain_jacobian(f, x::AbstractArray)
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
plain_jacobian(f, xs::Tuple) = plain_jacobians(f, (), map(floats, xs))
plain_jacobians(f, before::Tuple, ::Tuple{}) = ()
function plain_jacobians(f, before::Tuple, rest::Tuple)
    after = Base.tail(rest)
    (plain_jacobian(x -> f(before..., x, after...), rest[1]), plain_jacobians(f, (before..., rest[1]), after)...)
end
"The jacobian of `f!(y, x)`, which fills `y`."
function plain_jacobian(f!, y::AbstractArray, x::AbstractArray)
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

end
