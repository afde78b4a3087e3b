# Arithmetic and comparison with `missing` give `missing`.

const __MissingOr = Union{Missing,Number}
+(::Missing, ::Missing) = missing
+(::Missing, ::Number) = missing
+(::Number, ::Missing) = missing
-(::Missing, ::Missing) = missing
-(::Missing, ::Number) = missing
-(::Number, ::Missing) = missing
*(::Missing, ::Missing) = missing
*(::Missing, ::Number) = missing
*(::Number, ::Missing) = missing
/(::Missing, ::Missing) = missing
/(::Missing, ::Number) = missing
/(::Number, ::Missing) = missing
^(::Missing, ::Missing) = missing
^(::Missing, ::Number) = missing
^(::Number, ::Missing) = missing
div(::Missing, ::Missing) = missing
div(::Missing, ::Number) = missing
div(::Number, ::Missing) = missing
rem(::Missing, ::Missing) = missing
rem(::Missing, ::Number) = missing
rem(::Number, ::Missing) = missing
mod(::Missing, ::Missing) = missing
mod(::Missing, ::Number) = missing
mod(::Number, ::Missing) = missing
fld(::Missing, ::Missing) = missing
fld(::Missing, ::Number) = missing
fld(::Number, ::Missing) = missing
cld(::Missing, ::Missing) = missing
cld(::Missing, ::Number) = missing
cld(::Number, ::Missing) = missing
==(::Missing, ::Missing) = missing
==(::Missing, ::Number) = missing
==(::Number, ::Missing) = missing
<(::Missing, ::Missing) = missing
<(::Missing, ::Number) = missing
<(::Number, ::Missing) = missing
<=(::Missing, ::Missing) = missing
<=(::Missing, ::Number) = missing
<=(::Number, ::Missing) = missing
isapprox(::Missing, ::Missing; kws...) = missing
isapprox(::Missing, ::Any; kws...) = missing
isapprox(::Any, ::Missing; kws...) = missing
max(::Missing, ::Missing) = missing
max(::Missing, ::Number) = missing
max(::Number, ::Missing) = missing
min(::Missing, ::Missing) = missing
min(::Missing, ::Number) = missing
min(::Number, ::Missing) = missing
+(::Missing) = missing
-(::Missing) = missing
!(::Missing) = missing
abs(::Missing) = missing
abs2(::Missing) = missing
sign(::Missing) = missing
sqrt(::Missing) = missing
exp(::Missing) = missing
log(::Missing) = missing
log2(::Missing) = missing
log10(::Missing) = missing
log1p(::Missing) = missing
expm1(::Missing) = missing
sin(::Missing) = missing
cos(::Missing) = missing
tan(::Missing) = missing
asin(::Missing) = missing
acos(::Missing) = missing
atan(::Missing) = missing
sinh(::Missing) = missing
cosh(::Missing) = missing
tanh(::Missing) = missing
conj(::Missing) = missing
real(::Missing) = missing
imag(::Missing) = missing
inv(::Missing) = missing
float(::Missing) = missing
isnan(::Missing) = missing
isinf(::Missing) = missing
isfinite(::Missing) = missing
iszero(::Missing) = missing
isone(::Missing) = missing
isodd(::Missing) = missing
iseven(::Missing) = missing
zero(::Missing) = missing
one(::Missing) = missing
round(::Missing) = missing
floor(::Missing) = missing
ceil(::Missing) = missing
trunc(::Missing) = missing
adjoint(::Missing) = missing
transpose(::Missing) = missing
signbit(::Missing) = missing
==(::Missing, y) = missing
==(x, ::Missing) = missing
literal_pow(::typeof(^), ::Missing, ::Val) = missing
# In three-valued logic `false` and `true` may decide alone.
(&)(::Missing, ::Missing) = missing
(&)(::Missing, x::Bool) = x ? missing : false
(&)(x::Bool, ::Missing) = x ? missing : false
|(::Missing, ::Missing) = missing
|(::Missing, x::Bool) = x ? true : missing
|(x::Bool, ::Missing) = x ? true : missing
xor(::Missing, ::__MissingOr) = missing
xor(::Bool, ::Missing) = missing
isequal(::Missing, ::Missing) = true
isequal(::Missing, y) = false
isequal(x, ::Missing) = false
isless(::Missing, ::Any) = false
isless(::Any, ::Missing) = true
isless(::Missing, ::Missing) = false
coalesce(::Missing) = missing
*(::Missing, ::Union{AbstractString,AbstractChar}) = missing
*(::Union{AbstractString,AbstractChar}, ::Missing) = missing

"The elements that are not missing."
struct SkipMissing{T}
    x::T
end
skipmissing(itr) = SkipMissing{typeof(itr)}(itr)
eltype(::Type{SkipMissing{T}}) where {T} = nonmissingtype(eltype(T))
iterate(s::SkipMissing) = __next_present(s, iterate(s.x))
iterate(s::SkipMissing, state) = __next_present(s, iterate(s.x, state))
function __next_present(s, next)
    while next !== nothing
        ismissing(next[1]) || return (__present(eltype(s), next[1]), next[2])
        next = iterate(s.x, next[2])
    end
    nothing
end
__present(::Type{T}, x) where {T} = convert(T, x)
keys(s::SkipMissing) = Iterators.Filter(k -> !ismissing(s.x[k]), keys(s.x))
eachindex(s::SkipMissing) = Iterators.Filter(k -> !ismissing(s.x[k]), eachindex(s.x))
function getindex(s::SkipMissing, k)
    x = s.x[k]
    ismissing(x) ? throw(MissingException("the value at index $k is missing")) : x
end
filter(p, s::SkipMissing{<:AbstractArray}) = filter(x -> !ismissing(x) && p(x), s.x)
function findmax(s::SkipMissing)
    places = collect(keys(s))
    x, k = findmax([s[p] for p in places])
    x, places[k]
end
function findmin(s::SkipMissing)
    places = collect(keys(s))
    x, k = findmin([s[p] for p in places])
    x, places[k]
end
argmax(s::SkipMissing) = findmax(s)[2]
argmin(s::SkipMissing) = findmin(s)[2]
__element_of(s::SkipMissing) = eltype(s)
"The type without `missing`."
convert(::Type{Some{T}}, x::Some) where {T} = Some{T}(convert(T, x.value))
convert(::Type{Some{T}}, x::Some{T}) where {T} = x
nonmissingtype(T) = __typesubtract(T, Missing)
__nonnothing(T) = __typesubtract(T, Nothing)
