# ForwardDiff's dual numbers, for programs that work with them. The package's own functions use them only for such programs: there they can be seen.
module ForwardDiff
import ..LinearAlgebra
import ..EnzymeAutodiff
import ..EnzymeCore
import ..EnzymeErrors

"The derivatives by N inputs."
struct Partials{N,V} <: AbstractVector{V}
    values::NTuple{N,V}
end
# There may be none, and then their type is not theirs to say.
const NoPartials{V} = Partials{0,V}
Base.size(::Partials{N}) where {N} = (N,)
Base.length(::Partials{N}) where {N} = N
Base.getindex(p::Partials, i::Int64) = p.values[i]
Base.zero(p::Partials{N,V}) where {N,V} = Partials{N,V}(map(zero, p.values))
Base.one(p::Partials) = one(typeof(p))
Base.zero(::Type{Partials{N,V}}) where {N,V} = Partials{N,V}(Base.__ntuple(_ -> zero(V), Val(N)))
Base.one(::Type{Partials{N,V}}) where {N,V} = Partials{N,V}(Base.__ntuple(_ -> one(V), Val(N)))
Base.iterate(p::Partials, k = 1) = k > length(p) ? nothing : (p.values[k], k + 1)
Partials{N,V}(p::Partials{N}) where {N,V} = convert(Partials{N,V}, p)
Base.convert(::Type{Partials{N,V}}, p::Partials{N}) where {N,V} = Partials{N,V}(map(v -> convert(V, v), p.values))
Base.convert(::Type{Partials{N,V}}, p::Partials{N,V}) where {N,V} = p
Base.promote_rule(::Type{Partials{N,A}}, ::Type{Partials{N,B}}) where {N,A,B} = Partials{N,promote_type(A, B)}
Base.iszero(p::Partials) = all(iszero, p.values)
Base.rand(::Type{Partials{N,V}}) where {N,V} = Partials{N,V}(Base.__ntuple(_ -> rand(V), Val(N)))
Base.rand(rng::AbstractRNG, ::Type{Partials{N,V}}) where {N,V} = Partials{N,V}(Base.__ntuple(_ -> rand(rng, V), Val(N)))
Base.copy(p::Partials) = p
Base.hash(p::Partials, h::UInt64) = hash(p.values, h)
npartials(::Partials{N}) where {N} = N
npartials(::Type{Partials{N,V}}) where {N,V} = N
valtype(::Partials{N,V}) where {N,V} = V
valtype(::Type{Partials{N,V}}) where {N,V} = V
isconstant(p::Partials) = iszero(p)
"The i-th unit vector."
single_seed(::Type{Partials{N,V}}, ::Val{i}) where {N,V,i} = Partials{N,V}(Base.__ntuple(k -> k == i ? one(V) : zero(V), Val(N)))
"`a` scaled by one number and `b` by another, added."
_mul_partials(a::Partials, b::Partials, x, y) = a * x + b * y
_mul_partials(a::NoPartials, b::Partials, x, y) = b * y
_mul_partials(a::Partials, b::NoPartials, x, y) = a * x
_mul_partials(a::NoPartials, b::NoPartials, x, y) = scaled(a, x)
_div_partials(a::Partials, b::Partials, x, y) = _mul_partials(a, b, inv(y), -(x / (y * y)))
Base.:+(a::Partials, b::Partials) = Partials(map(+, a.values, b.values))
Base.:-(a::Partials, b::Partials) = Partials(map(-, a.values, b.values))
Base.:-(a::Partials) = Partials(map(-, a.values))
Base.:+(::NoPartials{V}, ::NoPartials{W}) where {V,W} = Partials{0,promote_type(V, W)}(())
Base.:-(::NoPartials{V}, ::NoPartials{W}) where {V,W} = Partials{0,promote_type(V, W)}(())
Base.:-(a::NoPartials) = a
Base.:*(a::Partials, x::Real) = scaled(a, x)
Base.:*(x::Real, a::Partials) = scaled(a, x)
Base.:/(a::Partials, x::Real) = Partials(map(p -> p / x, a.values))
Base.:/(::NoPartials{V}, ::W) where {V,W<:Real} = Partials{0,typeof(one(V) / one(W))}(())
scaled(a::Partials, x) = Partials(map(p -> p * x, a.values))
scaled(::NoPartials{V}, ::W) where {V,W} = Partials{0,promote_type(V, W)}(())

"A number and its partial derivatives; the tag T tells nested differentiations apart."
struct Dual{T,V<:Real,N} <: Real
    value::V
    partials::Partials{N,V}
    Dual{T,V,N}(value::V, partials::Partials{N,V}) where {T,V<:Real,N} = new{T,V,N}(value, partials)
end
Dual{T}(value::V, partials::Partials{N,V}) where {T,N,V<:Real} = Dual{T,V,N}(value, partials)
Dual{T}(value::Real, partials::Partials) where {T} = of_one_type(Val(T), value, partials.values)
Dual{T}(value::Real, partials::Tuple) where {T} = of_one_type(Val(T), value, partials)
Dual{T}(value::Real, partials::Real...) where {T} = of_one_type(Val(T), value, partials)
Dual(value::Real, partials::Partials) = Dual{Nothing}(value, partials)
Dual(value::Real, partials::Tuple) = Dual{Nothing}(value, partials)
Dual(value::Real, partials::Real...) = Dual{Nothing}(value, partials)
Dual{T,V,N}(x::Real) where {T,V,N} = convert(Dual{T,V,N}, x)
function of_one_type(::Val{T}, value, partials::Tuple) where {T}
    V = promote_type(typeof(value), map(typeof, partials)...)
    Dual{T}(convert(V, value), Partials(map(p -> convert(V, p), partials)))
end
of_one_type(::Val{T}, value::V, ::Tuple{}) where {T,V} = Dual{T,V,0}(value, Partials{0,V}(()))

"The parts of a dual number; a plain number has no partials."
value(x::Real) = x
value(d::Dual) = d.value
value(::Type{T}, x::Real) where {T} = x
value(::Type{T}, d::Dual{T}) where {T} = d.value
partials(x::Real) = Partials{0,typeof(x)}(())
partials(d::Dual) = d.partials
partials(x::Real, i) = zero(x)
partials(d::Dual, i) = d.partials[i]
partials(d::Dual, i, j) = partials(partials(d, i), j)
partials(d::Dual, i, rest...) = partials(partials(d, i), rest...)
partials(x::Real, i, rest...) = zero(x)
partials(::Type{T}, d::Dual{T}) where {T} = d.partials
partials(::Type{T}, d::Dual{T}, i) where {T} = d.partials[i]
partials(::Type{T}, x::Real, i) where {T} = zero(x)
npartials(::Dual{T,V,N}) where {T,V,N} = N
npartials(::Type{<:Dual{T,V,N}}) where {T,V,N} = N
valtype(x) = valtype(typeof(x))
valtype(::Type{V}) where {V} = V
valtype(::Type{Dual{T,V,N}}) where {T,V,N} = V
tagtype(x) = tagtype(typeof(x))
tagtype(::Type{V}) where {V} = Nothing
tagtype(::Type{Dual{T,V,N}}) where {T,V,N} = T
order(::Type) = 0
order(::Type{Dual{T,V,N}}) where {T,V,N} = 1 + order(V)
isconstant(d::Dual) = iszero(d.partials)

"Thrown when numbers of two differentiations meet, and neither is known to be inside of the other."
struct DualMismatchError{A,B} <: Exception
    a::A
    b::B
end
Base.showerror(io::IO, e::DualMismatchError) = print(io, "Cannot determine ordering of Dual tags ", e.a, " and ", e.b)
"Is the differentiation of the first tag outside of that of the second?"
≺(a, b) = throw(DualMismatchError(a, b))
≺(::Type{Tag{F,V}}, ::Type{Tag{G,W}}) where {F,V,G,W} = depth(V) + depth(F) < depth(W) + depth(G)

Base.promote_rule(::Type{Dual{T,V,N}}, ::Type{R}) where {T,V,N,R<:Real} = Dual{T,promote_type(V, R),N}
Base.promote_rule(::Type{Dual{T,A,N}}, ::Type{Dual{T,B,N}}) where {T,A,B,N} = Dual{T,promote_type(A, B),N}
Base.promote_rule(::Type{Dual{S,A,M}}, ::Type{Dual{T,B,N}}) where {S,A,M,T,B,N} =
    T ≺ S ? Dual{S,promote_type(A, Dual{T,B,N}),M} : Dual{T,promote_type(B, Dual{S,A,M}),N}
Base.convert(::Type{Dual{T,V,N}}, x::Real) where {T,V,N} = Dual{T,V,N}(convert(V, x), Partials{N,V}(Base.__ntuple(_ -> zero(V), Val(N))))
Base.convert(::Type{Dual{T,V,N}}, d::Dual{T,W,N}) where {T,V,W,N} =
    Dual{T,V,N}(convert(V, d.value), Partials{N,V}(map(p -> convert(V, p), d.partials.values)))
Base.convert(::Type{Dual{T,V,N}}, d::Dual{T,V,N}) where {T,V,N} = d
Base.convert(::Type{Dual}, d::Dual) = d
Base.convert(::Type{Dual{T}}, d::Dual{T}) where {T} = d
Base.convert(::Type{Dual{T}}, x::Real) where {T} = Dual{T}(x)
Base.zero(::Type{Dual{T,V,N}}) where {T,V,N} = convert(Dual{T,V,N}, zero(V))
Base.one(::Type{Dual{T,V,N}}) where {T,V,N} = convert(Dual{T,V,N}, one(V))
Base.float(d::Dual{T,V,N}) where {T,V,N} = convert(Dual{T,float(V),N}, d)
Base.float(::Type{Dual{T,V,N}}) where {T,V,N} = Dual{T,float(V),N}
Base.widen(::Type{Dual{T,V,N}}) where {T,V,N} = Dual{T,widen(V),N}
Base.typemax(::Type{Dual{T,V,N}}) where {T,V,N} = convert(Dual{T,V,N}, typemax(V))
Base.typemin(::Type{Dual{T,V,N}}) where {T,V,N} = convert(Dual{T,V,N}, typemin(V))
Base.floatmax(::Type{Dual{T,V,N}}) where {T,V,N} = convert(Dual{T,V,N}, floatmax(V))
Base.floatmin(::Type{Dual{T,V,N}}) where {T,V,N} = convert(Dual{T,V,N}, floatmin(V))
Base.nextfloat(d::Dual{T}) where {T} = Dual{T}(nextfloat(d.value), d.partials)
Base.prevfloat(d::Dual{T}) where {T} = Dual{T}(prevfloat(d.value), d.partials)
Base.precision(d::Dual) = precision(d.value)
"A number without partials may become an integer."
to_integer(I, name, d) = isconstant(d) ? I(d.value) : throw(InexactError(name, I, d))
Base.Int64(d::Dual) = to_integer(Int64, :Int, d)
Base.Integer(d::Dual) = to_integer(Integer, :Integer, d)
Base.convert(::Type{Int64}, d::Dual) = Int64(d)
Base.convert(::Type{Integer}, d::Dual) = Integer(d)
Base.real(d::Dual) = d
Base.eps(d::Dual) = eps(d.value)
Base.eps(::Type{Dual{T,V,N}}) where {T,V,N} = eps(V)
Base.rtoldefault(::Type{Dual{T,V,N}}) where {T,V,N} = Base.rtoldefault(V)
Base.hash(d::Dual) = hash(d.value)
Base.hash(d::Dual, h::UInt) = hash(d.value, h)
Base.show(io::IO, d::Dual{T}) where {T} = (print(io, "Dual{", repr(T), "}(", d.value); foreach(p -> print(io, ",", p), d.partials.values); print(io, ")"))

# ---- Comparison is that of the values; what is equal has equal partials

Base.:(==)(a::Dual{T}, b::Dual{T}) where {T} = a.value == b.value && same_partials(==, a, b)
Base.:(==)(a::Dual, b::Real) = a.value == b && isconstant(a)
Base.:(==)(a::Real, b::Dual) = a == b.value && isconstant(b)
Base.:(==)(a::Dual, b::AbstractIrrational) = false
Base.:(==)(a::AbstractIrrational, b::Dual) = false
Base.isequal(a::Dual{T}, b::Dual{T}) where {T} = isequal(a.value, b.value) && same_partials(isequal, a, b)
Base.isequal(a::Dual, b::Real) = isequal(a.value, b) && isconstant(a)
Base.isequal(a::Real, b::Dual) = isequal(a, b.value) && isconstant(b)
Base.isequal(a::Dual, b::AbstractFloat) = isequal(a.value, b) && isconstant(a)
Base.isequal(a::AbstractFloat, b::Dual) = isequal(a, b.value) && isconstant(b)
same_partials(same, a, b) = all(map(same, a.partials.values, b.partials.values))
Base.:<(a::Dual{T}, b::Dual{T}) where {T} = a.value < b.value
Base.:<(a::Dual, b::Real) = a.value < b
Base.:<(a::Real, b::Dual) = a < b.value
Base.:<=(a::Dual{T}, b::Dual{T}) where {T} = a.value <= b.value
Base.:<=(a::Dual, b::Real) = a.value <= b
Base.:<=(a::Real, b::Dual) = a <= b.value
Base.isless(a::Dual{T}, b::Dual{T}) where {T} = isless(a.value, b.value)
Base.isless(a::Dual, b::Real) = isless(a.value, b)
Base.isless(a::Real, b::Dual) = isless(a, b.value)
Base.isless(a::Dual, b::AbstractFloat) = isless(a.value, b)
Base.isless(a::AbstractFloat, b::Dual) = isless(a, b.value)
Base.isnan(d::Dual) = isnan(d.value)
Base.isinf(d::Dual) = isinf(d.value)
Base.isfinite(d::Dual) = isfinite(d.value)
Base.isinteger(d::Dual) = isinteger(d.value)
Base.iseven(d::Dual) = iseven(d.value)
Base.isodd(d::Dual) = isodd(d.value)
Base.isreal(d::Dual) = isreal(d.value)
Base.signbit(d::Dual) = signbit(d.value)
Base.iszero(d::Dual) = iszero(d.value) && isconstant(d)
Base.isone(d::Dual) = isone(d.value) && isconstant(d)
# Of two differentiations.
Base.:(==)(a::Dual{S}, b::Dual{T}) where {S,T} = ==(promote(a, b)...)
Base.isequal(a::Dual{S}, b::Dual{T}) where {S,T} = isequal(promote(a, b)...)
Base.:<(a::Dual{S}, b::Dual{T}) where {S,T} = <(promote(a, b)...)
Base.:<=(a::Dual{S}, b::Dual{T}) where {S,T} = <=(promote(a, b)...)
Base.isless(a::Dual{S}, b::Dual{T}) where {S,T} = isless(promote(a, b)...)

# ---- Arithmetic

"The value of a function of dual numbers, with the partials that its derivatives by their values give."
function through(f, d::Dual{T}) where {T}
    y, dy = Base.__forward((f, d.value), (nothing, one(d.value)), FLAGS)
    Dual{T}(y, d.partials * dy)
end
through(f, d::Dual{T,<:Integer}) where {T} = through(f, float(d))
function through(f, a::Dual{T}, b::Dual{T}) where {T}
    y, da = Base.__forward((f, a.value, b.value), (nothing, one(a.value), nothing), FLAGS)
    _, db = Base.__forward((f, a.value, b.value), (nothing, nothing, one(b.value)), FLAGS)
    Dual{T}(y, _mul_partials(a.partials, b.partials, da, db))
end
through(f, a::Dual{T,<:Integer}, b::Dual{T,<:Integer}) where {T} = through(f, float(a), float(b))
through(f, a::Dual, b::Real) = through(x -> f(x, b), a)
through(f, a::Real, b::Dual) = through(x -> f(a, x), b)
Base.:+(d::Dual) = d
Base.:-(d::Dual{T}) where {T} = Dual{T}(-d.value, -d.partials)
Base.:+(a::Dual{T}, b::Dual{T}) where {T} = Dual{T}(a.value + b.value, a.partials + b.partials)
Base.:-(a::Dual{T}, b::Dual{T}) where {T} = Dual{T}(a.value - b.value, a.partials - b.partials)
Base.:*(a::Dual{T}, b::Dual{T}) where {T} = Dual{T}(a.value * b.value, _mul_partials(a.partials, b.partials, b.value, a.value))
Base.:/(a::Dual{T}, b::Dual{T}) where {T} = Dual{T}(a.value / b.value, _div_partials(a.partials, b.partials, a.value, b.value))
Base.:/(a::Dual{T}, x::Union{Integer,AbstractFloat,Rational}) where {T} = Dual{T}(a.value / x, a.partials / x)
Base.inv(d::Dual{T}) where {T} = (y = inv(d.value); Dual{T}(y, d.partials * -(y * y)))
# A partial that is zero may still move, where numbers are differentiated that have these in them: it is left out only where it would be `0 * Inf`.
function Base.:^(a::Dual{T}, b::Dual{T}) where {T}
    x, p = a.value, b.value
    y = x^p
    isconstant(b) && !(x > 0 && isfinite(y * log(x))) && return raised(a, p)
    by_power = iszero(x) && p > 0 ? zero(y) : y * log(x)
    by_base = p * x^(p - 1)
    stays = isconstant(a) && !isfinite(by_base)
    Dual{T}(y, stays ? b.partials * by_power : _mul_partials(a.partials, b.partials, by_base, by_power))
end
Base.:^(a::Dual, n::Integer) = raised(a, n)
Base.:^(a::Dual, x::AbstractFloat) = raised(a, x)
Base.:^(a::Dual, x::Rational) = raised(a, x)
"A power whose exponent does not move; one with exponent zero does not either."
raised(a::Dual{T}, x) where {T} = (y = a.value^x; Dual{T}(y, iszero(x) ? zero(a.partials * one(y)) : raised_partials(a, x * a.value^(x - 1), y)))
raised_partials(a, slope, y) = isconstant(a) && !isfinite(slope) ? zero(a.partials * one(y)) : a.partials * slope
Base.:^(x::Union{Integer,AbstractFloat}, b::Dual) = through(y -> x^y, b)
Base.atan(a::Dual{T}, b::Dual{T}) where {T} = through(atan, a, b)
Base.atan(a::Dual, b::Dual) = atan(promote(a, b)...)
Base.atan(a::Dual, b::Real) = through(atan, a, b)
Base.atan(a::Real, b::Dual) = through(atan, a, b)
# As in the package, NaN where all are zero.
Base.hypot(a::Dual{T}, b::Dual{T}) where {T} =
    (h = hypot(a.value, b.value); Dual{T}(h, _mul_partials(a.partials, b.partials, a.value / h, b.value / h)))
Base.hypot(a::Dual, b::Dual) = hypot(promote(a, b)...)
Base.hypot(a::Dual{T}, b::Real) where {T} = (h = hypot(a.value, b); Dual{T}(h, a.partials * (a.value / h)))
Base.hypot(a::Real, b::Dual) = hypot(b, a)
Base.hypot(a::Dual{T}, b::Dual{T}, c::Dual{T}) where {T} = hypot(hypot(a, b), c)
Base.log(a::Real, b::Dual) = through(log, a, b)
Base.log(a::Dual{T}, b::Dual{T}) where {T} = through(log, a, b)
Base.log(a::Dual, b::Dual) = log(promote(a, b)...)
Base.log(a::Integer, b::Dual) = through(log, a, b)
Base.max(a::Dual{T}, b::Dual{T}) where {T} = Dual{T}(max(a.value, b.value), a.value > b.value ? a.partials : b.partials)
Base.min(a::Dual{T}, b::Dual{T}) where {T} = Dual{T}(min(a.value, b.value), a.value > b.value ? b.partials : a.partials)
Base.mod(a::Dual{T}, b::Dual{T}) where {T} = through(mod, a, b)
Base.rem(a::Dual{T}, b::Dual{T}) where {T} = through(rem, a, b)
Base.sign(d::Dual{T,V,N}) where {T,V,N} = Dual{T,V,N}(sign(d.value), zero(d.partials))
Base.copysign(a::Dual, b::Real) = signbit(a) == signbit(b) ? a : -a
Base.copysign(a::Real, b::Dual) = copysign(a, b.value)
Base.copysign(a::AbstractFloat, b::Dual) = copysign(a, b.value)
Base.copysign(a::Signed, b::Dual) = copysign(a, b.value)
Base.copysign(a::Dual, b::Dual) = copysign(a, b.value)
Base.flipsign(a::Dual, b::Real) = signbit(b) ? -a : a
Base.muladd(a::Dual{T}, b::Dual{T}, c::Dual{T}) where {T} = a * b + c
Base.fma(a::Dual{T}, b::Dual{T}, c::Dual{T}) where {T} = Dual{T}(fma(a.value, b.value, c.value), a.partials * b.value + b.partials * a.value + c.partials)
Base.fma(a::Dual, b::Dual, c::Dual) = fma(promote(a, b, c)...)
Base.fma(a::Dual, b::Dual, c::Real) = fma(promote(a, b, c)...)
Base.fma(a::Dual, b::Real, c::Dual) = fma(promote(a, b, c)...)
Base.fma(a::Real, b::Dual, c::Dual) = fma(promote(a, b, c)...)
Base.fma(a::Real, b::Dual, c::Real) = fma(promote(a, b, c)...)
Base.fma(a::Dual, b::Real, c::Real) = fma(promote(a, b, c)...)
Base.fma(a::Real, b::Real, c::Dual) = fma(promote(a, b, c)...)
Base.div(a::Dual{T}, b::Dual{T}) where {T} = div(a.value, b.value)
Base.div(a::Dual{T}, b::Dual{T}, r::RoundingMode) where {T} = div(a.value, b.value, r)
Base.fld(a::Dual{T}, b::Dual{T}) where {T} = fld(a.value, b.value)
Base.cld(a::Dual{T}, b::Dual{T}) where {T} = cld(a.value, b.value)
Base.rand(::Type{Dual{T,V,N}}) where {T,V,N} = convert(Dual{T,V,N}, rand(V))
Base.rand(rng::AbstractRNG, ::Type{Dual{T,V,N}}) where {T,V,N} = convert(Dual{T,V,N}, rand(rng, V))
Base.randn(rng::AbstractRNG, ::Type{Dual{T,V,N}}) where {T,V,N} = convert(Dual{T,V,N}, randn(rng, V))
Base.randn(::Type{Dual{T,V,N}}) where {T,V,N} = convert(Dual{T,V,N}, randn(V))
Base.sincos(d::Dual) = (sin(d), cos(d))
Base.sincospi(d::Dual) = (sinpi(d), cospi(d))
# Steps do not move.
Base.floor(d::Dual) = floor(d.value)
Base.floor(::Type{I}, d::Dual) where {I<:Integer} = floor(I, d.value)
Base.ceil(d::Dual) = ceil(d.value)
Base.ceil(::Type{I}, d::Dual) where {I<:Integer} = ceil(I, d.value)
Base.trunc(d::Dual) = trunc(d.value)
Base.trunc(::Type{I}, d::Dual) where {I<:Integer} = trunc(I, d.value)
Base.round(d::Dual; kws...) = round(d.value; kws...)
Base.round(::Type{I}, d::Dual) where {I<:Integer} = round(I, d.value)
Base.round(d::Dual, r::RoundingMode) = round(d.value, r)
Base.sqrt(d::Dual) = through(sqrt, d)
Base.cbrt(d::Dual) = through(cbrt, d)
Base.exp(d::Dual) = through(exp, d)
Base.exp2(d::Dual) = through(exp2, d)
Base.exp10(d::Dual) = through(exp10, d)
Base.expm1(d::Dual) = through(expm1, d)
Base.log(d::Dual) = through(log, d)
Base.log2(d::Dual) = through(log2, d)
Base.log10(d::Dual) = through(log10, d)
Base.log1p(d::Dual) = through(log1p, d)
Base.sin(d::Dual) = through(sin, d)
Base.cos(d::Dual) = through(cos, d)
Base.tan(d::Dual) = through(tan, d)
Base.sec(d::Dual) = through(sec, d)
Base.csc(d::Dual) = through(csc, d)
Base.cot(d::Dual) = through(cot, d)
Base.sinpi(d::Dual) = through(sinpi, d)
Base.cospi(d::Dual) = through(cospi, d)
Base.sind(d::Dual) = through(sind, d)
Base.cosd(d::Dual) = through(cosd, d)
Base.tand(d::Dual) = through(tand, d)
Base.asin(d::Dual) = through(asin, d)
Base.acos(d::Dual) = through(acos, d)
Base.atan(d::Dual) = through(atan, d)
Base.asec(d::Dual) = through(asec, d)
Base.acsc(d::Dual) = through(acsc, d)
Base.acot(d::Dual) = through(acot, d)
Base.asind(d::Dual) = through(asind, d)
Base.acosd(d::Dual) = through(acosd, d)
Base.atand(d::Dual) = through(atand, d)
Base.sinh(d::Dual) = through(sinh, d)
Base.cosh(d::Dual) = through(cosh, d)
Base.tanh(d::Dual) = through(tanh, d)
Base.sech(d::Dual) = through(sech, d)
Base.csch(d::Dual) = through(csch, d)
Base.coth(d::Dual) = through(coth, d)
Base.asinh(d::Dual) = through(asinh, d)
Base.acosh(d::Dual) = through(acosh, d)
Base.atanh(d::Dual) = through(atanh, d)
Base.asech(d::Dual) = through(asech, d)
Base.acsch(d::Dual) = through(acsch, d)
Base.acoth(d::Dual) = through(acoth, d)
Base.abs(d::Dual) = signbit(d.value) ? -d : d
Base.abs2(d::Dual) = d * d
Base.deg2rad(d::Dual) = through(deg2rad, d)
Base.rad2deg(d::Dual) = through(rad2deg, d)
Base.sinc(d::Dual) = through(sinc, d)
Base.cosc(d::Dual) = through(cosc, d)

# A range of what rounds has as many steps as fit, counted by their quotient.
(::Colon)(a::D, s::D, b::D) where {D<:Dual} = Base.__step_range(a, s, max(0, floor(Int64, (b - a) / s) + 1))

# The package has no eigenvalues of matrices that are not marked as symmetric.
LinearAlgebra.eigen(a::Matrix{<:Dual}) = throw(MethodError(LinearAlgebra.eigen, (a,)))
LinearAlgebra.eigvals(a::Matrix{<:Dual}) = throw(MethodError(LinearAlgebra.eigvals, (a,)))
LinearAlgebra.eigvecs(a::Matrix{<:Dual}) = throw(MethodError(LinearAlgebra.eigvecs, (a,)))
LinearAlgebra.schur(a::Matrix{<:Dual}) = throw(MethodError(LinearAlgebra.schur, (a,)))
end
