# SparseConnectivityTracer: numbers that know of which inputs they are made, for the patterns of jacobians and hessians.
module SparseConnectivityTracer
using SparseArrays
import LinearAlgebra
import ..ADTypes
import ..ADTypes: AbstractSparsityDetector, jacobian_sparsity, hessian_sparsity
export TracerSparsityDetector, TracerLocalSparsityDetector, jacobian_sparsity, hessian_sparsity

"A number by the inputs in its first derivatives and the pairs of them in its second ones; of local patterns with its value as well."
struct Tracer{V,H} <: Real
    value::V
    inputs::Set{Int64}
    pairs::Set{Tuple{Int64,Int64}}
end
Tracer{V,H}(x::Real) where {V,H} = Tracer{V,H}(value_as(V, x), Set{Int64}(), Set{Tuple{Int64,Int64}}())
Tracer{V,H}(t::Tracer{V,H}) where {V,H} = t
value_as(::Type{Nothing}, x) = nothing
value_as(::Type{V}, x) where {V} = convert(V, x)
"Patterns that hold wherever the function is evaluated, and those at one point."
struct TracerSparsityDetector <: AbstractSparsityDetector
    TracerSparsityDetector(; kw...) = new()
end
struct TracerLocalSparsityDetector <: AbstractSparsityDetector
    TracerLocalSparsityDetector(; kw...) = new()
end
struct MissingPrimalError <: Exception
    name::String
end
Base.showerror(io::IO, e::MissingPrimalError) = print(io, "Function ", e.name, " requires primal value(s).\nA dual-number tracer for local sparsity detection can be used via `TracerLocalSparsityDetector`.")
needs_value(name) = throw(MissingPrimalError(name))

seed(::TracerSparsityDetector, ::Val{H}, x, i) where {H} = Tracer{Nothing,H}(nothing, Set(i), Set{Tuple{Int64,Int64}}())
seed(::TracerLocalSparsityDetector, ::Val{H}, x, i) where {H} = Tracer{Float64,H}(Float64(x), Set(i), Set{Tuple{Int64,Int64}}())
seeded(d, h, x::Real) = seed(d, h, x, 1)
seeded(d, h, x) = reshape([seed(d, h, x[i], i) for i in 1:length(x)], size(x))
const Detector = Union{TracerSparsityDetector,TracerLocalSparsityDetector}
ADTypes.jacobian_sparsity(f, x, d::Detector) = pattern(as_list(f(seeded(d, Val(false), x))), length(x))
function ADTypes.jacobian_sparsity(f!, y, x, d::Detector)
    at = seeded(d, Val(false), x)
    out = fill!(similar(y, eltype(at)), zero(eltype(at)))
    f!(out, at)
    pattern(as_list(out), length(x))
end
function ADTypes.hessian_sparsity(f, x, d::Detector)
    y = f(seeded(d, Val(true), x))
    n = length(x)
    found = sort!([(j, i) for (i, j) in pairs_of(y)])
    sparse([p[2] for p in found], [p[1] for p in found], fill(true, length(found)), n, n)
end
as_list(y::Real) = [y]
as_list(y) = vec(collect(y))
inputs_of(t::Tracer) = t.inputs
inputs_of(x) = Set{Int64}()
pairs_of(t::Tracer) = t.pairs
pairs_of(x) = Set{Tuple{Int64,Int64}}()
function pattern(ys, n)
    I, J = Int64[], Int64[]
    for (i, y) in enumerate(ys), j in sort!(collect(inputs_of(y)))
        push!(I, i)
        push!(J, j)
    end
    sparse(I, J, fill(true, length(I)), length(ys), n)
end

# ---- How functions pass on what their arguments know

value_of(f, args...) = any(a -> a === nothing, args) ? nothing : f(args...)
all_pairs(t::Tracer{V,true}) where {V} = union(t.pairs, crossed(t.inputs, t.inputs))
all_pairs(t::Tracer{V,false}) where {V} = t.pairs
crossed(a, b) = Set{Tuple{Int64,Int64}}(p for i in a for j in b for p in ((i, j), (j, i)))
"A function of one number whose second derivative is not zero, is zero, or that has a derivative of zero."
bent(f, t::Tracer{V,H}) where {V,H} = Tracer{V,H}(value_of(f, t.value), t.inputs, all_pairs(t))
straight(f, t::Tracer{V,H}) where {V,H} = Tracer{V,H}(value_of(f, t.value), t.inputs, t.pairs)
flat(f, t::Tracer{V,H}) where {V,H} = Tracer{V,H}(value_of(f, t.value), Set{Int64}(), Set{Tuple{Int64,Int64}}())
"Of two numbers: a sum, a product, or anything."
summed(f, a::Tracer{V,H}, b::Tracer{V,H}) where {V,H} = Tracer{V,H}(value_of(f, a.value, b.value), union(a.inputs, b.inputs), union(a.pairs, b.pairs))
function multiplied(a::Tracer{V,H}, b::Tracer{V,H}) where {V,H}
    x, y = zero_value(b) ? flat(identity, a) : a, zero_value(a) ? flat(identity, b) : b
    mixed = H ? crossed(a.inputs, b.inputs) : Set{Tuple{Int64,Int64}}()
    Tracer{V,H}(value_of(*, a.value, b.value), union(x.inputs, y.inputs), union(x.pairs, y.pairs, mixed))
end
zero_value(t::Tracer{Nothing}) = false
zero_value(t::Tracer) = iszero(t.value)
function any_of(f, a::Tracer{V,H}, b::Tracer{V,H}) where {V,H}
    both = summed(f, a, b)
    Tracer{V,H}(both.value, both.inputs, all_pairs(both))
end
scaled(f, t::Tracer{Nothing}, x) = t
scaled(f, t::Tracer, x) = iszero(x) ? flat(v -> f(v, x), t) : straight(v -> f(v, x), t)

Base.promote_rule(::Type{Tracer{V,H}}, ::Type{S}) where {V,H,S<:Real} = Tracer{V,H}
Base.convert(::Type{Tracer{V,H}}, x::Real) where {V,H} = Tracer{V,H}(x)
Base.convert(::Type{Tracer{V,H}}, t::Tracer{V,H}) where {V,H} = t
Base.zero(::Type{Tracer{V,H}}) where {V,H} = Tracer{V,H}(0)
Base.one(::Type{Tracer{V,H}}) where {V,H} = Tracer{V,H}(1)
Base.zero(t::Tracer) = zero(typeof(t))
Base.one(t::Tracer) = one(typeof(t))
Base.float(t::Tracer) = t
Base.real(t::Tracer) = t
Base.conj(t::Tracer) = t
Base.:+(t::Tracer) = t
Base.:-(t::Tracer) = straight(-, t)
Base.:+(a::Tracer{V,H}, b::Tracer{V,H}) where {V,H} = summed(+, a, b)
Base.:-(a::Tracer{V,H}, b::Tracer{V,H}) where {V,H} = summed(-, a, b)
Base.:*(a::Tracer{V,H}, b::Tracer{V,H}) where {V,H} = multiplied(a, b)
Base.:/(a::Tracer{V,H}, b::Tracer{V,H}) where {V,H} = multiplied(a, inv(b))
const Plain = Union{Integer,AbstractFloat}
Base.:+(t::Tracer, x::Plain) = straight(v -> v + x, t)
Base.:+(x::Plain, t::Tracer) = t + x
Base.:-(t::Tracer, x::Plain) = straight(v -> v - x, t)
Base.:-(x::Plain, t::Tracer) = straight(v -> x - v, t)
Base.:*(t::Tracer, x::Plain) = scaled(*, t, x)
Base.:*(x::Plain, t::Tracer) = scaled(*, t, x)
Base.:/(t::Tracer, x::Plain) = straight(v -> v / x, t)
Base.:/(x::Plain, t::Tracer) = scaled(*, inv(t), x)
Base.:^(t::Tracer, n::Integer) = power(t, n)
Base.:^(t::Tracer, p::AbstractFloat) = power(t, p)
Base.:^(t::Tracer, p::Rational) = power(t, p)
power(t, p) = iszero(p) ? one(t) : isone(p) ? t : bent(v -> v^p, t)
Base.:^(a::Tracer{V,H}, b::Tracer{V,H}) where {V,H} = any_of(^, a, b)
Base.:^(x::Plain, t::Tracer) = bent(v -> x^v, t)
Base.muladd(a::Tracer{V,H}, b::Tracer{V,H}, c::Tracer{V,H}) where {V,H} = a * b + c
Base.atan(a::Tracer{V,H}, b::Tracer{V,H}) where {V,H} = any_of(atan, a, b)
Base.hypot(a::Tracer{V,H}, b::Tracer{V,H}) where {V,H} = any_of(hypot, a, b)
Base.abs(t::Tracer) = straight(abs, t)
Base.deg2rad(t::Tracer) = straight(deg2rad, t)
Base.rad2deg(t::Tracer) = straight(rad2deg, t)
Base.max(a::Tracer{Nothing,H}, b::Tracer{Nothing,H}) where {H} = summed(max, a, b)
Base.min(a::Tracer{Nothing,H}, b::Tracer{Nothing,H}) where {H} = summed(min, a, b)
Base.max(a::Tracer{V,H}, b::Tracer{V,H}) where {V,H} = a.value < b.value ? b : a
Base.min(a::Tracer{V,H}, b::Tracer{V,H}) where {V,H} = b.value < a.value ? b : a
Base.mod(a::Tracer{V,H}, b::Tracer{V,H}) where {V,H} = summed(mod, a, b)
Base.rem(a::Tracer{V,H}, b::Tracer{V,H}) where {V,H} = summed(rem, a, b)
Base.sincos(t::Tracer) = (sin(t), cos(t))
LinearAlgebra.norm(x::AbstractArray{<:Tracer}) = sqrt(sum(abs2, x))
Base.inv(t::Tracer) = bent(inv, t)
Base.sqrt(t::Tracer) = bent(sqrt, t)
Base.cbrt(t::Tracer) = bent(cbrt, t)
Base.exp(t::Tracer) = bent(exp, t)
Base.exp2(t::Tracer) = bent(exp2, t)
Base.exp10(t::Tracer) = bent(exp10, t)
Base.expm1(t::Tracer) = bent(expm1, t)
Base.log(t::Tracer) = bent(log, t)
Base.log2(t::Tracer) = bent(log2, t)
Base.log10(t::Tracer) = bent(log10, t)
Base.log1p(t::Tracer) = bent(log1p, t)
Base.sin(t::Tracer) = bent(sin, t)
Base.cos(t::Tracer) = bent(cos, t)
Base.tan(t::Tracer) = bent(tan, t)
Base.sec(t::Tracer) = bent(sec, t)
Base.csc(t::Tracer) = bent(csc, t)
Base.cot(t::Tracer) = bent(cot, t)
Base.sinpi(t::Tracer) = bent(sinpi, t)
Base.cospi(t::Tracer) = bent(cospi, t)
Base.sind(t::Tracer) = bent(sind, t)
Base.cosd(t::Tracer) = bent(cosd, t)
Base.tand(t::Tracer) = bent(tand, t)
Base.asin(t::Tracer) = bent(asin, t)
Base.acos(t::Tracer) = bent(acos, t)
Base.atan(t::Tracer) = bent(atan, t)
Base.sinh(t::Tracer) = bent(sinh, t)
Base.cosh(t::Tracer) = bent(cosh, t)
Base.tanh(t::Tracer) = bent(tanh, t)
Base.asinh(t::Tracer) = bent(asinh, t)
Base.acosh(t::Tracer) = bent(acosh, t)
Base.atanh(t::Tracer) = bent(atanh, t)
Base.sech(t::Tracer) = bent(sech, t)
Base.csch(t::Tracer) = bent(csch, t)
Base.coth(t::Tracer) = bent(coth, t)
Base.abs2(t::Tracer) = bent(abs2, t)
Base.sign(t::Tracer) = flat(sign, t)
Base.floor(t::Tracer) = flat(floor, t)
Base.ceil(t::Tracer) = flat(ceil, t)
Base.round(t::Tracer) = flat(round, t)
Base.trunc(t::Tracer) = flat(trunc, t)
# What asks for values; only those at one point have them.
Base.:(==)(a::Tracer, b::Tracer) = asked((==), a, b)
Base.:(==)(a::Tracer, b::Plain) = asked((==), a, b)
Base.:(==)(a::Plain, b::Tracer) = asked((==), a, b)
Base.:<(a::Tracer, b::Tracer) = asked((<), a, b)
Base.:<(a::Tracer, b::Plain) = asked((<), a, b)
Base.:<(a::Plain, b::Tracer) = asked((<), a, b)
Base.:<=(a::Tracer, b::Tracer) = asked((<=), a, b)
Base.:<=(a::Tracer, b::Plain) = asked((<=), a, b)
Base.:<=(a::Plain, b::Tracer) = asked((<=), a, b)
Base.isless(a::Tracer, b::Tracer) = asked(isless, a, b)
Base.isless(a::Tracer, b::Plain) = asked(isless, a, b)
Base.isless(a::Plain, b::Tracer) = asked(isless, a, b)
Base.isequal(a::Tracer, b::Tracer) = asked(isequal, a, b)
Base.isequal(a::Tracer, b::Plain) = asked(isequal, a, b)
Base.isequal(a::Plain, b::Tracer) = asked(isequal, a, b)
Base.isnan(t::Tracer) = asked(isnan, t)
Base.isinf(t::Tracer) = asked(isinf, t)
Base.isfinite(t::Tracer) = asked(isfinite, t)
Base.iszero(t::Tracer) = asked(iszero, t)
Base.isone(t::Tracer) = asked(isone, t)
Base.signbit(t::Tracer) = asked(signbit, t)
Base.isinteger(t::Tracer) = asked(isinteger, t)
asked(f, args...) = f(map(a -> known(f, a), args)...)
known(f, x) = x
known(f, t::Tracer) = t.value
known(f, t::Tracer{Nothing}) = needs_value(string(f))
end
