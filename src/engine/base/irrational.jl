# Mathematical constants that take the precision of what they meet.

"A constant known by name."
struct Irrational{sym} <: AbstractIrrational end
const π = Irrational{:π}()
const pi = π
const ℯ = Irrational{:ℯ}()

module MathConstants
const π = Irrational{:π}()
const pi = π
const ℯ = Irrational{:ℯ}()
const e = ℯ
const γ = Irrational{:γ}()
const eulergamma = γ
const φ = Irrational{:φ}()
const golden = φ
const catalan = Irrational{:catalan}()
export π, pi, ℯ, e, γ, eulergamma, φ, golden, catalan
end

show(io::IO, ::MIME"text/plain", x::Irrational) = print(io, repr(x), " = ", first(string(Float64(x)), 15), "...")
Float64(::Irrational{:π}) = 3.141592653589793
Float64(::Irrational{:ℯ}) = 2.718281828459045
Float64(::Irrational{:γ}) = 0.5772156649015329
Float64(::Irrational{:φ}) = 1.618033988749895
Float64(::Irrational{:catalan}) = 0.915965594177219
Float32(x::AbstractIrrational) = Float32(Float64(x))
Float16(x::AbstractIrrational) = Float16(Float64(x))
AbstractFloat(x::AbstractIrrational) = Float64(x)
float(x::AbstractIrrational) = Float64(x)
promote_rule(::Type{Irrational{a}}, ::Type{Irrational{b}}) where {a,b} = Float64
+(x::AbstractIrrational, y::AbstractIrrational) = Float64(x) + Float64(y)
-(x::AbstractIrrational, y::AbstractIrrational) = Float64(x) - Float64(y)
*(x::AbstractIrrational, y::AbstractIrrational) = Float64(x) * Float64(y)
/(x::AbstractIrrational, y::AbstractIrrational) = Float64(x) / Float64(y)
^(x::AbstractIrrational, y::AbstractIrrational) = Float64(x)^Float64(y)
^(x::AbstractIrrational, y::Integer) = Float64(x)^y
^(::Irrational{:ℯ}, y::Real) = exp(y)
^(::Irrational{:ℯ}, y::Integer) = exp(y)
^(::Irrational{:ℯ}, y::AbstractIrrational) = exp(y)
literal_pow(::typeof(^), x::AbstractIrrational, p::Val) = __literal_power(x, p)
literal_pow(::typeof(^), x::AbstractIrrational, p::Val{0}) = __literal_power(x, p)
literal_pow(::typeof(^), x::AbstractIrrational, p::Val{1}) = __literal_power(x, p)
literal_pow(::typeof(^), x::AbstractIrrational, p::Val{2}) = __literal_power(x, p)
literal_pow(::typeof(^), x::AbstractIrrational, p::Val{3}) = __literal_power(x, p)
literal_pow(::typeof(^), x::AbstractIrrational, p::Val{-1}) = __literal_power(x, p)
literal_pow(::typeof(^), x::AbstractIrrational, p::Val{-2}) = __literal_power(x, p)
__literal_power(x::AbstractIrrational, p::Val) = literal_pow(^, Float64(x), p)
__literal_power(::Irrational{:ℯ}, ::Val{p}) where {p} = exp(p)
-(x::AbstractIrrational) = -Float64(x)
abs(x::AbstractIrrational) = Float64(x)
inv(x::AbstractIrrational) = inv(Float64(x))
signbit(x::AbstractIrrational) = false
sign(x::AbstractIrrational) = 1.0
==(x::AbstractIrrational, y::AbstractIrrational) = x === y
==(x::AbstractIrrational, y::Real) = false
==(x::Real, y::AbstractIrrational) = false
<(x::AbstractIrrational, y::AbstractIrrational) = Float64(x) < Float64(y)
<=(x::AbstractIrrational, y::AbstractIrrational) = Float64(x) <= Float64(y)
sin(::Irrational{:π}) = 0.0
cos(::Irrational{:π}) = -1.0
log(::Irrational{:ℯ}) = 1
log(::Irrational{:ℯ}, x::Number) = log(x)
zero(::Type{<:AbstractIrrational}) = false
one(::Type{<:AbstractIrrational}) = true
round(x::AbstractIrrational; digits=nothing, sigdigits=nothing, base=10) = round(Float64(x); digits=digits, sigdigits=sigdigits, base=base)
__floor(x::AbstractIrrational) = __floor(Float64(x))
__ceil(x::AbstractIrrational) = __ceil(Float64(x))
__trunc(x::AbstractIrrational) = __trunc(Float64(x))
__round(x::AbstractIrrational) = __round(Float64(x))
