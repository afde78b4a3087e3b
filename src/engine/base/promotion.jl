# Conversion and promotion: how values of different types meet.

"Gives `x` as a value of type `T`."
convert(::Type{T}, x::T) where {T} = x
convert(::Type{T}, x::T) where {T<:Number} = x
convert(::Type{T}, x::Number) where {T<:Number} = T(x)
convert(::Type{Union{Missing,T}}, x::Number) where {T<:Number} = convert(T, x)
convert(::Type{Union{Nothing,T}}, x::Number) where {T<:Number} = convert(T, x)
convert(::Type{T}, x::Symbol) where {T<:AbstractString} = String(x)
convert(::Type{AbstractArray{T}}, a::AbstractArray{S,N}) where {T,S,N} = __retyped(T, a)
convert(::Type{AbstractArray{T,N}}, a::AbstractArray{S,N}) where {T,S,N} = __retyped(T, a)
convert(::Type{AbstractArray{T}}, a::AbstractArray{T}) where {T} = a
convert(::Type{AbstractArray{T,N}}, a::AbstractArray{T,N}) where {T,N} = a
convert(::Type{Array{T,N}}, a::Array{T,N}) where {T,N} = a
convert(::Type{Array{T,N}}, a::AbstractArray{S,N}) where {T,S,N} = __converted(T, a)
convert(::Type{Array{T}}, a::Array{T,N}) where {T,N} = a
convert(::Type{Array{T}}, a::AbstractArray{S,N}) where {T,S,N} = convert(Array{T,N}, a)
convert(::Type{Array{T,N} where {T}}, a::AbstractArray{S,N}) where {S,N} = convert(Array{S,N}, a)
convert(::Type{Array}, a::AbstractArray{S,N}) where {S,N} = convert(Array{S,N}, a)
convert(::Type{Pair{A,B}}, p::Pair{A,B}) where {A,B} = p
convert(::Type{Pair{A,B}}, p::Pair) where {A,B} = Pair{A,B}(convert(A, p.first), convert(B, p.second))
convert(::Type{T}, x::T) where {T<:Tuple} = x
convert(::Type{T}, x::Tuple) where {T<:Tuple} = __convert_tuple(T, x)

function __convert_tuple(::Type{T}, x::Tuple) where {T}
    fieldcount(T) == __tuple_length(x) || throw(MethodError(convert, (T, x)))
    __ntuple(i -> convert(fieldtype(T, i), __tuple_get(x, i)), Val(__tuple_length(x)))
end

"The next wider type of number."
widen(::Type{Int8}) = Int16
widen(::Type{Int16}) = Int32
widen(::Type{Int32}) = Int64
widen(::Type{UInt8}) = UInt16
widen(::Type{UInt16}) = UInt32
widen(::Type{UInt32}) = UInt64
widen(::Type{Float16}) = Float32
widen(::Type{Float32}) = Float64
widen(x::Number) = convert(widen(typeof(x)), x)

oftype(x, y) = convert(typeof(x), y)

"The type that holds values of both types; users extend it for their own."
promote_rule(::Type, ::Type) = Union{}
promote_rule(::Type{Float64}, ::Type{<:Union{Float32,Float16,Integer,AbstractIrrational}}) = Float64
promote_rule(::Type{Float32}, ::Type{<:Union{Float16,Integer,AbstractIrrational}}) = Float32
promote_rule(::Type{Float16}, ::Type{<:Union{Integer,AbstractIrrational}}) = Float16
promote_rule(::Type{Int64}, ::Type{<:Union{Int32,Int16,Int8,UInt32,UInt16,UInt8,Bool}}) = Int64
promote_rule(::Type{Int32}, ::Type{<:Union{Int16,Int8,UInt16,UInt8,Bool}}) = Int32
promote_rule(::Type{Int16}, ::Type{<:Union{Int8,UInt8,Bool}}) = Int16
promote_rule(::Type{Int8}, ::Type{Bool}) = Int8
promote_rule(::Type{UInt64}, ::Type{<:Union{Int64,Int32,Int16,Int8,UInt32,UInt16,UInt8,Bool}}) = UInt64
promote_rule(::Type{UInt32}, ::Type{<:Union{Int32,Int16,Int8,UInt16,UInt8,Bool}}) = UInt32
promote_rule(::Type{UInt16}, ::Type{<:Union{Int16,Int8,UInt8,Bool}}) = UInt16
promote_rule(::Type{UInt8}, ::Type{<:Union{Int8,Bool}}) = UInt8
promote_rule(::Type{<:AbstractIrrational}, ::Type{<:Union{Integer,AbstractIrrational}}) = Float64

promote_rule(::Type{Missing}, ::Type{T}) where {T} = Union{Missing,T}
promote_rule(::Type{Nothing}, ::Type{T}) where {T} = Union{Nothing,T}

promote_type() = Union{}
promote_type(::Type{T}) where {T} = T
promote_type(::Type{T}, ::Type{T}) where {T} = T
promote_type(::Type{T}, ::Type{S}) where {T,S} = __promote_result(T, S, promote_rule(T, S), promote_rule(S, T))
promote_type(::Type{Union{}}, ::Type{T}) where {T} = T
promote_type(::Type{T}, ::Type{Union{}}) where {T} = T
promote_type(::Type{T}, ::Type{S}, rest...) where {T,S} = promote_type(promote_type(T, S), rest...)

function __promote_result(T, S, forward, backward)
    if forward === Union{}
        backward === Union{} ? __promote_join(T, S) : backward
    elseif backward === Union{} || forward === backward
        forward
    else
        promote_type(forward, backward)
    end
end

function __promote_join(T, S)
    T <: S && return S
    S <: T && return T
    T isa Union && Missing <: T && return Union{Missing,promote_type(nonmissingtype(T), nonmissingtype(S))}
    S isa Union && Missing <: S && return Union{Missing,promote_type(T, nonmissingtype(S))}
    T isa Union && Nothing <: T && return Union{Nothing,promote_type(__nonnothing(T), __nonnothing(S))}
    S isa Union && Nothing <: S && return Union{Nothing,promote_type(T, __nonnothing(S))}
    __promote_arrays(T, S)
end
__promote_arrays(T, S) = typejoin(T, S)
__promote_arrays(::Type{Array{T,N}}, ::Type{Array{S,N}}) where {T,S,N} = __one_of(promote_type(T, S), Array{T,N}, Array{S,N})
"Arrays are promoted only to the type that one of them has."
__one_of(::Type{R}, ::Type{Array{T,N}}, ::Type{Array{S,N}}) where {R,T,S,N} = R === T ? Array{T,N} : R === S ? Array{S,N} : typejoin(Array{T,N}, Array{S,N})

promote_typeof(x) = typeof(x)
promote_typeof(x, y, rest...) = __joint_type_by(typeof, x, y, rest)
"The type that what `of` says of each is promoted to. Many of one type are no more work than one."
__joint_type_by(of, x, y, ::Tuple{}) = promote_type(of(x), of(y))
__joint_type_by(of, x, y, rest::Tuple{T,Vararg{T}}) where {T} = promote_type(promote_type(of(x), of(y)), of(__tuple_get(rest, 1)))
function __joint_type_by(of, x, y, rest::Tuple)
    T = promote_type(of(x), of(y))
    for z in rest
        T = promote_type(T, of(z))
    end
    T
end

"Some type that holds both, whatever `promote_rule` says of them: what sequences of mixed elements have."
promote_typejoin(::Type{T}, ::Type{S}) where {T,S} = T <: Union{Nothing,Missing} || S <: Union{Nothing,Missing} ? Union{T,S} : typejoin(T, S)

"Converts all arguments to their common type."
promote() = ()
promote(x) = (x,)
function promote(x, y)
    T = promote_type(typeof(x), typeof(y))
    a, b = convert(T, x), convert(T, y)
    __check_promoted(typeof(x), typeof(y), typeof(a), typeof(b))
    (a, b)
end
"Promotion that changes nothing would go on for ever."
function __check_promoted(X, Y, A, B)
    X !== Y && X === A && Y === B && error("promotion of types ", X, " and ", Y, " failed to change any arguments")
    nothing
end
function promote(x, y, z)
    T = promote_typeof(x, y, z)
    (convert(T, x), convert(T, y), convert(T, z))
end
function promote(x, y, z, rest...)
    T = promote_typeof(x, y, z, rest...)
    map(v -> convert(T, v), (x, y, z, rest...))
end

"Applies `op` after promotion; it is an error when the types are the same already."
function __promoted(op, x, y)
    typeof(x) === typeof(y) && error(op, " not defined for ", typeof(x))
    a, b = promote(x, y)
    op(a, b)
end

+(x::Number, y::Number) = __promoted(+, x, y)
-(x::Number, y::Number) = __promoted(-, x, y)
*(x::Number, y::Number) = __promoted(*, x, y)
/(x::Number, y::Number) = __promoted(/, x, y)
^(x::Number, y::Number) = __promoted(^, x, y)
\(x::Number, y::Number) = y / x
div(x::Real, y::Real) = __promoted(div, x, y)
const ÷ = div
rem(x::Real, y::Real) = __promoted(rem, x, y)
mod(x::Real, y::Real) = __promoted(mod, x, y)
fld(x::Real, y::Real) = __promoted(fld, x, y)
cld(x::Real, y::Real) = __promoted(cld, x, y)
==(x::Number, y::Number) = __promoted(==, x, y)
<(x::Real, y::Real) = __promoted(<, x, y)
<=(x::Real, y::Real) = __promoted(<=, x, y)
atan(y::Real, x::Real) = __promoted(atan, y, x)
hypot(x::Number, y::Number) = __promoted(hypot, x, y)
max(x::Real) = x
min(x::Real) = x
max(x::Real, y::Real) = __promoted(max, x, y)
min(x::Real, y::Real) = __promoted(min, x, y)
copysign(x::Real, y::Real) = signbit(x) == signbit(y) ? x : -x
gcd(x::Integer, y::Integer) = __promoted(gcd, x, y)
lcm(x::Integer, y::Integer) = __promoted(lcm, x, y)
(&)(x::Integer, y::Integer) = __promoted(&, x, y)
|(x::Integer, y::Integer) = __promoted(|, x, y)
xor(x::Integer, y::Integer) = __promoted(xor, x, y)
const ⊻ = xor

# More than two operands, from the left.
+(x) = x
*(x) = x
+(x, y, z) = (x + y) + z
*(x, y, z) = (x * y) * z
+(x, y, z, rest...) = __from_left(+, x + y, z, rest)
*(x, y, z, rest...) = __from_left(*, x * y, z, rest)
(&)(x, y, z, rest...) = __from_left(&, x & y, z, rest)
|(x, y, z, rest...) = __from_left(|, x | y, z, rest)
xor(x, y, z, rest...) = __from_left(xor, xor(x, y), z, rest)
max(x, y, z, rest...) = __from_left(max, max(x, y), z, rest)
min(x, y, z, rest...) = __from_left(min, min(x, y), z, rest)
gcd(x, y, z, rest...) = __from_left(gcd, gcd(x, y), z, rest)
lcm(x, y, z, rest...) = __from_left(lcm, lcm(x, y), z, rest)
function __from_left(op, x, y, rest)
    so_far = op(x, y)
    for z in rest
        so_far = op(so_far, z)
    end
    so_far
end

# Comparison of anything.
==(x, y) = x === y
!=(x, y) = !(x == y)
const ≠ = !=
<(x, y) = isless(x, y)
>(x, y) = y < x
<=(x, y) = x < y || x == y
>=(x, y) = y <= x
const ≤ = <=
const ≥ = >=
const ≡ = ===
const ≢ = !==
isequal(x, y) = x == y
isless(x::Real, y::Real) = x < y
cmp(x, y) = isless(x, y) ? -1 : isless(y, x) ? 1 : 0
==(x) = Fix2(==, x)
!=(x) = Fix2(!=, x)
<(x) = Fix2(<, x)
>(x) = Fix2(>, x)
<=(x) = Fix2(<=, x)
>=(x) = Fix2(>=, x)
isequal(x) = Fix2(isequal, x)
==(x::T, y::T) where {T<:Number} = x === y
<=(x::T, y::T) where {T<:Real} = x < y || x == y
max(x::T, y::T) where {T<:Real} = y < x ? x : y
min(x::T, y::T) where {T<:Real} = y < x ? y : x
max(x, y) = isless(x, y) ? y : x
min(x, y) = isless(y, x) ? y : x
minmax(x, y) = (min(x, y), max(x, y))
"`x` kept between `lo` and `hi`."
function clamp(x, lo, hi)
    T = promote_typeof(x, lo, hi)
    x > hi ? convert(T, hi) : x < lo ? convert(T, lo) : convert(T, x)
end
