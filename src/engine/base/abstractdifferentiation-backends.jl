# AbstractDifferentiation: what each backend does itself, by the front door of its package.
module AbstractDifferentiation

import ..ForwardDiff
import ..ReverseDiff
import ..Zygote
import ..FiniteDifferences
import ..ChainRulesCore

in_array(y) = [y]
in_array(y::AbstractArray) = y
"A cotangent, of which there may be a tuple of one."
cotangent(y, ws) = ws
cotangent(y, ws::Tuple) = y isa Tuple ? ws : only(ws)

# ---- ForwardDiff

struct ForwardDiffBackend{CS} <: AbstractForwardMode end
ForwardDiffBackend(; chunksize = Val(nothing)) = sized(chunksize)
sized(::Val{CS}) where {CS} = ForwardDiffBackend{CS}()
derivative(::ForwardDiffBackend, f, x::Real) = (ForwardDiff.derivative(f, x),)
gradient(::ForwardDiffBackend, f, x::AbstractArray) = (ForwardDiff.gradient(f, x),)
jacobian(::ForwardDiffBackend, f, x::AbstractArray) = (ForwardDiff.jacobian(in_array ∘ f, x),)
jacobian(::ForwardDiffBackend, f, x::Real) = (ForwardDiff.derivative(f, x),)
jacobian(ba::ForwardDiffBackend, f, xs...) = jacobian_by_pushforward(pushforward_function(ba, f, xs...), xs)
hessian(::ForwardDiffBackend, f, x::AbstractArray) = (ForwardDiff.hessian(f, x),)
pushforward_function(::ForwardDiffBackend, f, xs...) = vs -> along(f, xs, tangents(vs))
along(f, (x,)::Tuple{Any}, (v,)::Tuple{Any}) = (ForwardDiff.derivative(h -> f(step_toward(x, v, h)), 0.0),)
along(f, xs::Tuple, vs::Tuple) = ForwardDiff.derivative(h -> f(map((x, v) -> step_toward(x, v, h), xs, vs)...), 0.0)

# ---- ReverseDiff

struct ReverseDiffBackend <: AbstractReverseMode end
gradient(::ReverseDiffBackend, f, xs::AbstractArray...) = ReverseDiff.gradient(f, xs)
hessian(::ReverseDiffBackend, f, x::AbstractArray) = (ReverseDiff.hessian(f, x),)
jacobian(::ReverseDiffBackend, f, xs::AbstractArray...) = ReverseDiff.jacobian(in_array ∘ f, xs)
jacobian(ba::ReverseDiffBackend, f, xs::Union{Number,AbstractArray}...) =
    ReverseDiff.jacobian((arrays...) -> in_array(f(map(as_given, xs, arrays)...)), map(in_array, xs))
as_given(x::Number, array) = array[1]
as_given(x, array) = array

# ---- Zygote

struct ZygoteBackend <: AbstractReverseMode end
derivative(::ZygoteBackend, f, xs::Number...) = Zygote.gradient(f, xs...)
gradient(::ZygoteBackend, f, xs...) = Zygote.gradient(f, xs...)
value_and_gradient(::ZygoteBackend, f, xs...) = values(Zygote.withgradient(f, xs...))
jacobian(::ZygoteBackend, f, xs...) = Zygote.jacobian(f, xs...)
hessian(::ZygoteBackend, f, x) = (Zygote.hessian(f, x),)
pullback_function(ba::ZygoteBackend, f, xs...) = value_and_pullback_function(ba, f, xs...)[2]
function value_and_pullback_function(::ZygoteBackend, f, xs...)
    y, back = Zygote.pullback(f, xs...)
    (y, ws -> back(cotangent(y, ws)))
end

"What differentiates by the rules of a configuration of ChainRulesCore."
struct ReverseRuleConfigBackend{R<:ChainRulesCore.RuleConfig} <: AbstractReverseMode
    ruleconfig::R
end
pullback_function(ba::ReverseRuleConfigBackend, f, xs...) = value_and_pullback_function(ba, f, xs...)[2]
function value_and_pullback_function(ba::ReverseRuleConfigBackend, f, xs...)
    y, back = ChainRulesCore.rrule_via_ad(ba.ruleconfig, f, xs...)
    (y, ws -> Base.tail(back(cotangent(y, ws))))
end
jacobian(ba::ReverseRuleConfigBackend, f, xs...) = jacobian_by_pullback(value_and_pullback_function(ba, f, xs...)...)

# ---- Tracker: reverse mode once

struct TrackerBackend <: AbstractReverseMode end
not_nested() = throw(ArgumentError("Tracker backend does not support nested differentiation."))
second_derivative(::TrackerBackend, f, x::Number) = not_nested()
hessian(::TrackerBackend, f, x) = not_nested()
derivative(::TrackerBackend, f, xs::Number...) = tracked_gradient(f, xs)
gradient(::TrackerBackend, f, xs...) = tracked_gradient(f, xs)
tracked_gradient(f, xs) = ReverseDiff.value_and_gradient(Zygote.ScalarOutput(f), map(float, xs))[2]
jacobian(ba::TrackerBackend, f, xs...) = jacobian_by_pullback(value_and_pullback_function(ba, f, xs...)...)
pullback_function(ba::TrackerBackend, f, xs...) = value_and_pullback_function(ba, f, xs...)[2]
value_and_pullback_function(::TrackerBackend, f, xs...) = (y = f(xs...); (y, ws -> tracked_gradient((at...) -> dot(cotangent(y, ws), f(at...)), xs)))

# ---- FiniteDifferences

struct FiniteDifferencesBackend{M} <: AbstractFiniteDifference
    method::M
end
FiniteDifferencesBackend() = FiniteDifferencesBackend(FiniteDifferences.central_fdm(5, 1))
jacobian(ba::FiniteDifferencesBackend, f, xs...) = FiniteDifferences.jacobian(ba.method, f, xs...)
gradient(ba::FiniteDifferencesBackend, f, xs...) = FiniteDifferences.grad(ba.method, f, xs...)
pushforward_function(ba::FiniteDifferencesBackend, f, xs...) = vs -> by_differences(ba, f, xs, tangents(vs))
by_differences(ba, f, (x,)::Tuple{Any}, (v,)::Tuple{Any}) = (FiniteDifferences.jvp(ba.method, f, (x, v)),)
by_differences(ba, f, xs::Tuple, vs::Tuple) = FiniteDifferences.jvp(ba.method, f, map(tuple, xs, vs)...)
pullback_function(ba::FiniteDifferencesBackend, f, xs...) = value_and_pullback_function(ba, f, xs...)[2]
value_and_pullback_function(ba::FiniteDifferencesBackend, f, xs...) =
    (y = f(xs...); (y, ws -> FiniteDifferences.j′vp(ba.method, f, cotangent(y, ws), xs...)))

end
