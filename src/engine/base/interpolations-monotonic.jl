# Interpolations: cubic pieces that rise where the values do, by the slopes that a method gives at the knots.
module Interpolations

abstract type MonotonicInterpolationType end
struct LinearMonotonicInterpolation <: MonotonicInterpolationType end
struct FiniteDifferenceMonotonicInterpolation <: MonotonicInterpolationType end
struct CardinalMonotonicInterpolation{T<:Number} <: MonotonicInterpolationType
    tension::T
end
struct FritschCarlsonMonotonicInterpolation <: MonotonicInterpolationType end
struct FritschButlandMonotonicInterpolation <: MonotonicInterpolationType end
struct SteffenMonotonicInterpolation <: MonotonicInterpolationType end
struct MonotonicInterpolation{T,K<:AbstractVector,A<:AbstractVector,M} <: AbstractInterpolation{T,1}
    knots::Tuple{K}
    values::A
    pieces::M
end
function interpolate(x::AbstractVector, y::AbstractVector, method::MonotonicInterpolationType)
    length(x) == length(y) || throw(DimensionMismatch("The vectors of knots and values need the same length"))
    issorted(x) || Base.__argument_error("The knots must be sorted")
    h = diff(x)
    Δ = diff(y) ./ h
    m = slopes(method, x, y, h, Δ)
    p = method isa LinearMonotonicInterpolation ? [(s, zero(s), zero(s)) for s in Δ] :
        [(m[k], (3 * Δ[k] - 2 * m[k] - m[k+1]) / h[k], (m[k] + m[k+1] - 2 * Δ[k]) / h[k]^2) for k in eachindex(Δ)]
    MonotonicInterpolation{eltype(Δ),typeof(x),typeof(y),typeof(p)}((x,), y, p)
end
at_ends(f, Δ) = [k == 1 ? Δ[1] : k == length(Δ) + 1 ? Δ[end] : f(k) for k in 1:length(Δ)+1]
slopes(::LinearMonotonicInterpolation, x, y, h, Δ) = at_ends(k -> Δ[k], Δ)
slopes(::FiniteDifferenceMonotonicInterpolation, x, y, h, Δ) = at_ends(k -> (Δ[k-1] + Δ[k]) / 2, Δ)
slopes(c::CardinalMonotonicInterpolation, x, y, h, Δ) = at_ends(k -> (1 - c.tension) * (y[k+1] - y[k-1]) / (x[k+1] - x[k-1]), Δ)
slopes(::FritschButlandMonotonicInterpolation, x, y, h, Δ) = at_ends(Δ) do k
    Δ[k-1] * Δ[k] <= 0 && return zero(Δ[k])
    α = (1 + h[k] / (h[k-1] + h[k])) / 3
    Δ[k-1] * Δ[k] / (α * Δ[k] + (1 - α) * Δ[k-1])
end
slopes(::SteffenMonotonicInterpolation, x, y, h, Δ) = at_ends(Δ) do k
    p = (h[k] * Δ[k-1] + h[k-1] * Δ[k]) / (h[k-1] + h[k])
    (sign(Δ[k-1]) + sign(Δ[k])) * min(abs(Δ[k-1]), abs(Δ[k]), abs(p) / 2)
end
function slopes(::FritschCarlsonMonotonicInterpolation, x, y, h, Δ)
    m = at_ends(k -> Δ[k-1] * Δ[k] <= 0 ? zero(Δ[k]) : (Δ[k-1] + Δ[k]) / 2, Δ)
    for k in eachindex(Δ)
        if iszero(Δ[k])
            m[k] = m[k+1] = zero(Δ[k])
        else
            α, β = m[k] / Δ[k], m[k+1] / Δ[k]
            τ = 3 / sqrt(α^2 + β^2)
            τ < 1 && ((m[k], m[k+1]) = (α * τ * Δ[k], β * τ * Δ[k]))
        end
    end
    m
end
Base.size(i::MonotonicInterpolation) = size(i.values)
bounds(i::MonotonicInterpolation) = ((first(i.knots[1]), last(i.knots[1])),)
(i::MonotonicInterpolation)(x::Number) = (within(i, (x,)); at(i, (x,)))
monotone_piece(i, x) = (n = left_of(i.knots[1], x); (i.values[n], i.pieces[n], x - i.knots[1][n]))
at(i::MonotonicInterpolation, x::Tuple) = ((y, (m, c, d), δ) = monotone_piece(i, x[1]); y + δ * (m + δ * (c + δ * d)))
slope(i::MonotonicInterpolation, x::Tuple, k) = ((y, (m, c, d), δ) = monotone_piece(i, x[1]); m + δ * (2c + δ * 3d))
gradient(i::MonotonicInterpolation, x::Number) = (within(i, (x,)); gradient_at(i, (x,)))
hessian(i::MonotonicInterpolation, x::Number) = (within(i, (x,)); ((y, (m, c, d), δ) = monotone_piece(i, x); SMatrix{1,1}(2c + 6d * δ)))
end
