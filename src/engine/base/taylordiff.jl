# TaylorDiff: derivatives of high order by numbers that carry their Taylor polynomial.
module TaylorDiff
export TaylorScalar, derivative, derivatives, derivative!, make_seed
public value, partials, extract_derivative, flatten, order

"A polynomial in one direction: its value, and the coefficients of orders 1 to N."
struct TaylorScalar{T<:Real,N} <: Real
    value::T
    partials::NTuple{N,T}
    TaylorScalar{T,N}(v, p) where {T,N} = new{T,N}(v, p)
end
TaylorScalar(v::T, p::NTuple{N,T}) where {T<:Real,N} = TaylorScalar{T,N}(v, p)
TaylorScalar(all::NTuple{M,T}) where {M,T<:Real} = made(all)
TaylorScalar{T,N}(x::S) where {T,S<:Real,N} = TaylorScalar{T,N}(convert(T, x), Base.__ntuple(_ -> zero(T), Val(N)))
TaylorScalar{T,N}(x::TaylorScalar) where {T,N} = convert(TaylorScalar{T,N}, x)
made(all::Tuple) = alike(promote(all...))
alike(all::Tuple) = of(all[1], Base.tail(all))
of(v::T, p::Tuple{Vararg{Any,N}}) where {T,N} = TaylorScalar{T,N}(v, p)
value(t::TaylorScalar) = t.value
value(x::Real) = x
partials(t::TaylorScalar) = t.partials
flatten(t::TaylorScalar) = (t.value, t.partials...)
order(::TaylorScalar{T,N}) where {T,N} = Val(N)
"The derivative of some order: the coefficient times the factorial."
extract_derivative(t::TaylorScalar, ::Val{n}) where {n} = n == 0 ? t.value : t.partials[n] * factorial(n)
extract_derivative(t::TaylorScalar, n::Integer) = n == 0 ? t.value : t.partials[n] * factorial(n)
extract_derivative(a::AbstractArray, n) = map(t -> extract_derivative(t, n), a)
extract_derivative(x::Real, n) = zero(x)

# ---- What is asked

"A number that moves in the direction `l`, as a polynomial up to order n; of arrays each element."
make_seed(x::Real, l::Real, n::Val) = seed(promote(float(x), l)..., n)
seed(x::T, l::T, ::Val{n}) where {T,n} = TaylorScalar{T,n}(x, Base.__ntuple(k -> k == 1 ? l : zero(T), Val(n)))
make_seed(x::AbstractArray, l::AbstractArray, n::Val) = map((a, b) -> make_seed(a, b, n), x, l)
"The derivative of some order in a direction; of a number in that of 1."
derivative(f, x::Number, n::Val) = derivative(f, x, one(x), n)
derivative(f, x::Number, n::Int) = derivative(f, x, one(x), Val(n))
derivative(f, x, l, n::Int) = derivative(f, x, l, Val(n))
derivative(f, x, l, n::Val) = extract_derivative(f(make_seed(x, l, n)), n)
derivative(f!, y::AbstractArray, x, l, n::Val) = derivative!(similar(y), f!, y, x, l, n)
function derivative!(out, f!, y::AbstractArray, x, l, n::Val)
    at = make_seed(x, l, n)
    moved = Array{eltype(at)}(undef, size(y))
    f!(moved, at)
    map!(value, y, moved)
    map!(t -> extract_derivative(t, n), out, moved)
end
derivative!(out, f, x, l, n::Val) = copyto!(out, derivative(f, x, l, n))
"All derivatives up to an order, as the polynomial of the result."
derivatives(f, x::Number, n::Val) = f(make_seed(x, one(x), n))
derivatives(f, x, l, n::Val) = f(make_seed(x, l, n))

# ---- As numbers

Base.promote_rule(::Type{TaylorScalar{T,N}}, ::Type{S}) where {T,S<:Real,N} = TaylorScalar{promote_type(T, S),N}
Base.promote_rule(::Type{TaylorScalar{T,N}}, ::Type{TaylorScalar{S,N}}) where {T,S,N} = TaylorScalar{promote_type(T, S),N}
Base.convert(::Type{TaylorScalar{T,N}}, x::Real) where {T,N} = TaylorScalar{T,N}(x)
Base.convert(::Type{TaylorScalar{T,N}}, t::TaylorScalar{S,N}) where {T,S,N} = TaylorScalar{T,N}(convert(T, t.value), map(p -> convert(T, p), t.partials))
Base.convert(::Type{TaylorScalar{T,N}}, t::TaylorScalar{T,N}) where {T,N} = t
Base.zero(::Type{TaylorScalar{T,N}}) where {T,N} = TaylorScalar{T,N}(zero(T))
Base.one(::Type{TaylorScalar{T,N}}) where {T,N} = TaylorScalar{T,N}(one(T))
Base.zero(t::TaylorScalar) = zero(typeof(t))
Base.one(t::TaylorScalar) = one(typeof(t))
Base.float(t::TaylorScalar) = t
Base.real(t::TaylorScalar) = t
Base.conj(t::TaylorScalar) = t
Base.eps(::Type{TaylorScalar{T,N}}) where {T,N} = eps(T)
Base.show(io::IO, t::TaylorScalar) = print(io, typeof(t), "(", t.value, ", ", t.partials, ")")
# Compared by their values.
Base.:(==)(a::TaylorScalar, b::TaylorScalar) = a.value == b.value
Base.:(==)(a::TaylorScalar, b::Real) = a.value == b
Base.:(==)(a::Real, b::TaylorScalar) = a == b.value
Base.:<(a::TaylorScalar, b::TaylorScalar) = a.value < b.value
Base.:<(a::TaylorScalar, b::Real) = a.value < b
Base.:<(a::Real, b::TaylorScalar) = a < b.value
Base.:<=(a::TaylorScalar, b::TaylorScalar) = a.value <= b.value
Base.:<=(a::TaylorScalar, b::Real) = a.value <= b
Base.:<=(a::Real, b::TaylorScalar) = a <= b.value
Base.isless(a::TaylorScalar, b::TaylorScalar) = isless(a.value, b.value)
Base.isless(a::TaylorScalar, b::Real) = isless(a.value, b)
Base.isless(a::Real, b::TaylorScalar) = isless(a, b.value)
Base.isnan(t::TaylorScalar) = isnan(t.value)
Base.isinf(t::TaylorScalar) = isinf(t.value)
Base.isfinite(t::TaylorScalar) = isfinite(t.value)
Base.iszero(t::TaylorScalar) = iszero(t.value)
Base.signbit(t::TaylorScalar) = signbit(t.value)
Base.hash(t::TaylorScalar, h::UInt64) = hash(t.value, h)
Base.floor(t::TaylorScalar) = floor(t.value)
Base.ceil(t::TaylorScalar) = ceil(t.value)
Base.round(t::TaylorScalar) = round(t.value)
Base.trunc(t::TaylorScalar) = trunc(t.value)
Base.sign(t::TaylorScalar) = sign(t.value)

# ---- Arithmetic

Base.:+(t::TaylorScalar) = t
Base.:-(t::TaylorScalar) = of(-t.value, map(-, t.partials))
Base.:+(a::TaylorScalar{T,N}, b::TaylorScalar{T,N}) where {T,N} = of(a.value + b.value, map(+, a.partials, b.partials))
Base.:-(a::TaylorScalar{T,N}, b::TaylorScalar{T,N}) where {T,N} = of(a.value - b.value, map(-, a.partials, b.partials))
function Base.:*(a::TaylorScalar{T,N}, b::TaylorScalar{T,N}) where {T,N}
    x, y = flatten(a), flatten(b)
    of(x[1] * y[1], Base.__ntuple(k -> product_at(x, y, k), Val(N)))
end
function product_at(x, y, k)
    s = x[1] * y[k+1]
    for i in 1:k
        s += x[i+1] * y[k-i+1]
    end
    s
end
Base.:/(a::TaylorScalar{T,N}, b::TaylorScalar{T,N}) where {T,N} = a * inv(b)
Base.:*(t::TaylorScalar, x::Union{Integer,AbstractFloat}) = made((t.value * x, map(p -> p * x, t.partials)...))
Base.:*(x::Union{Integer,AbstractFloat}, t::TaylorScalar) = t * x
Base.:/(t::TaylorScalar, x::Union{Integer,AbstractFloat}) = made((t.value / x, map(p -> p / x, t.partials)...))
Base.:^(t::TaylorScalar, n::Integer) = n < 0 ? inv(t^(-n)) : n == 0 ? one(t) : n == 1 ? t : iseven(n) ? (h = t^div(n, 2); h * h) : t * t^(n - 1)
Base.:^(t::TaylorScalar, p::AbstractFloat) = through(x -> x^p, x -> p * x^(p - 1), t)
Base.:^(t::TaylorScalar, p::Rational) = t^float(p)
Base.:^(a::TaylorScalar{T,N}, b::TaylorScalar{T,N}) where {T,N} = exp(b * log(a))
Base.:^(x::Union{Integer,AbstractFloat}, t::TaylorScalar) = exp(t * log(float(x)))
Base.abs(t::TaylorScalar) = signbit(t.value) ? -t : t
Base.abs2(t::TaylorScalar) = t * t
Base.max(a::TaylorScalar{T,N}, b::TaylorScalar{T,N}) where {T,N} = a.value < b.value ? b : a
Base.min(a::TaylorScalar{T,N}, b::TaylorScalar{T,N}) where {T,N} = b.value < a.value ? b : a
Base.muladd(a::TaylorScalar{T,N}, b::TaylorScalar{T,N}, c::TaylorScalar{T,N}) where {T,N} = a * b + c
Base.hypot(a::TaylorScalar{T,N}, b::TaylorScalar{T,N}) where {T,N} = sqrt(a * a + b * b)
Base.sincos(t::TaylorScalar) = (sin(t), cos(t))

# ---- Functions: the polynomial of the derivative is that of one order less, times how the argument moves

"`f` of a polynomial, by its derivative `df`, a function of numbers and polynomials."
through(f, df, t::TaylorScalar{T,1}) where {T} = of(f(t.value), (df(t.value) * t.partials[1],))
through(f, df, t::TaylorScalar{T,N}) where {T,N} = raised(f(t.value), df(lower(t)) * moved(t))
"Of one order less; how it moves along; and back."
lower(t::TaylorScalar) = of(t.value, Base.front(t.partials))
moved(t::TaylorScalar{T,N}) where {T,N} = of(t.partials[1], Base.__ntuple(k -> (k + 1) * t.partials[k+1], Val(N - 1)))
raised(y, d::TaylorScalar{T,N}) where {T,N} = of(y, (d.value, Base.__ntuple(k -> d.partials[k] / (k + 1), Val(N))...))
Base.inv(t::TaylorScalar) = through(inv, x -> -abs2(inv(x)), t)
Base.sqrt(t::TaylorScalar) = through(sqrt, x -> inv(2 * sqrt(x)), t)
Base.cbrt(t::TaylorScalar) = through(cbrt, x -> inv(3 * abs2(cbrt(x))), t)
Base.exp(t::TaylorScalar) = through(exp, exp, t)
Base.exp2(t::TaylorScalar) = through(exp2, x -> exp2(x) * log(2.0), t)
Base.exp10(t::TaylorScalar) = through(exp10, x -> exp10(x) * log(10.0), t)
Base.expm1(t::TaylorScalar) = through(expm1, exp, t)
Base.log(t::TaylorScalar) = through(log, inv, t)
Base.log2(t::TaylorScalar) = through(log2, x -> inv(x * log(2.0)), t)
Base.log10(t::TaylorScalar) = through(log10, x -> inv(x * log(10.0)), t)
Base.log1p(t::TaylorScalar) = through(log1p, x -> inv(1 + x), t)
Base.sin(t::TaylorScalar) = through(sin, cos, t)
Base.cos(t::TaylorScalar) = through(cos, x -> -sin(x), t)
Base.tan(t::TaylorScalar) = through(tan, x -> 1 + abs2(tan(x)), t)
Base.sec(t::TaylorScalar) = inv(cos(t))
Base.csc(t::TaylorScalar) = inv(sin(t))
Base.cot(t::TaylorScalar) = through(cot, x -> -(1 + abs2(cot(x))), t)
Base.sinpi(t::TaylorScalar) = through(sinpi, x -> π * cospi(x), t)
Base.cospi(t::TaylorScalar) = through(cospi, x -> -(π * sinpi(x)), t)
Base.asin(t::TaylorScalar) = through(asin, x -> inv(sqrt(1 - x * x)), t)
Base.acos(t::TaylorScalar) = through(acos, x -> -inv(sqrt(1 - x * x)), t)
Base.atan(t::TaylorScalar) = through(atan, x -> inv(1 + x * x), t)
Base.sinh(t::TaylorScalar) = through(sinh, cosh, t)
Base.cosh(t::TaylorScalar) = through(cosh, sinh, t)
Base.tanh(t::TaylorScalar) = through(tanh, x -> 1 - abs2(tanh(x)), t)
Base.asinh(t::TaylorScalar) = through(asinh, x -> inv(sqrt(1 + x * x)), t)
Base.acosh(t::TaylorScalar) = through(acosh, x -> inv(sqrt(x * x - 1)), t)
Base.atanh(t::TaylorScalar) = through(atanh, x -> inv(1 - x * x), t)
end
