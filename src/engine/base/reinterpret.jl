# The bits of a number as another type.

const __Word64 = Union{Int64,UInt64}
const __Word32 = Union{Int32,UInt32}
const __Word16 = Union{Int16,UInt16}

"The bits of `x` as a `T` of the same size; of an array, a view of its memory."
reinterpret(::Type{T}, x::T) where {T} = x
reinterpret(::Type{T}, x::__FixedInt) where {T<:__FixedInt} =
    sizeof(T) == sizeof(x) ? x % T : error("bitcast: argument size does not match size of target type")
reinterpret(::Type{T}, x::Float64) where {T<:__Word64} = __float_bits(x) % T
reinterpret(::Type{T}, x::Float32) where {T<:__Word32} = __float_bits(x) % T
reinterpret(::Type{T}, x::Float16) where {T<:__Word16} = __float_bits(x) % T
reinterpret(::Type{Float16}, x::__Word16) = __float_of_bits(x % UInt16)
reinterpret(::Type{Float64}, x::__Word64) = __float_of_bits(x % UInt64)
reinterpret(::Type{Float32}, x::__Word32) = __float_of_bits(x % UInt32)

"Exponent and fraction as they are stored, of a number that is not negative: with `digits` of fraction and this least exponent."
function __stored(x::Float64, digits::Int64, least::Int64)
    isnan(x) && return (2 * (1 - least) + 1, 2.0^(digits - 1))
    isinf(x) && return (2 * (1 - least) + 1, 0.0)
    # In two steps, for 2^1074 is not finite.
    x < 2.0^least && return (0, x * 2.0^(digits - div(least, 2)) * 2.0^(div(least, 2) - least))
    (exponent(x) - least + 1, (significand(x) - 1) * 2.0^digits)
end
__float_bits(x::Float64) = UInt64(Intrinsics.bits_high(x), Intrinsics.bits_low(x))
__float_bits(x::Float32) = __wrap(UInt32, Intrinsics.bits_word(x))
function __float_bits(x::Float16)
    e, fraction = __stored(Float64(abs(x)), 10, -14)
    ((signbit(x) ? 32768 : 0) + e * 1024 + Int64(fraction)) % UInt16
end
"What `__stored` takes apart."
function __unstored(e::Int64, fraction::Float64, digits::Int64, least::Int64)
    e == 2 * (1 - least) + 1 && return fraction == 0 ? Inf : NaN
    e == 0 ? fraction * 2.0^(div(least, 2) - digits) * 2.0^(least - div(least, 2)) : ldexp(1 + fraction * 2.0^-digits, e + least - 1)
end
__float_of_bits(b::UInt64) = Intrinsics.bits_f64(b.high, b.low)
__float_of_bits(b::UInt32) = Intrinsics.bits_f32(__raw(b))
function __float_of_bits(b::UInt16)
    n = Intrinsics.i64_wrap_u(__raw(b), 15)
    x = Float16(__unstored(n >> 10, Float64(Intrinsics.i64_wrap_u(n, 10)), 10, -14))
    __raw(b) >= 32768 ? -x : x
end

"An array seen as one of another element type."
struct ReinterpretArray{T,N,S,A<:AbstractArray{S,N}} <: AbstractArray{T,N}
    parent::A
end
reinterpret(::Type{T}, a::AbstractArray{T,N}) where {T,N} = a
reinterpret(::Type{T}, a::AbstractArray{S,N}) where {T,S,N} = __both_structs_of(T, S, __part_type(S)) ?
    reinterpret(T, reinterpret(__part_type(S), a)) : __reinterpreted(T, a, __ratio(T, S))
"The type of what is stored first in a struct, and are two types structs of such parts, neither of the other?"
__part_type(::Type{S}) where {S} = __is_record(S) && fieldcount(S) > 0 ? __part_type(fieldtypes(S)[1]) : S
__both_structs_of(T, S, P) = P !== S && P !== T && __is_struct_of(T, P) && __is_struct_of(S, P) && !__is_struct_of(T, S) && !__is_struct_of(S, T)
"The same with an axis more, or less, before the others for the parts of an element."
function reinterpret(::typeof(reshape), ::Type{T}, a::AbstractArray{S,N}) where {T,S,N}
    sizeof(T) == sizeof(S) && return reinterpret(T, a)
    sizeof(T) < sizeof(S) && return reshape(reinterpret(T, vec(a)), div(sizeof(S), sizeof(T)), size(a)...)
    size(a, 1) * sizeof(S) == sizeof(T) || __argument_error("`reinterpret(reshape, ", T, ", a)` where `eltype(a)` is ", S,
        " requires that `axes(a, 1)` (got ", axes(a, 1), ") be equal to 1:", div(sizeof(T), sizeof(S)), " (from the ratio of element sizes)")
    reshape(reinterpret(T, vec(a)), tail(size(a)))
end
"How many elements of type `T` an element of type `S` is; 0 for a half, -1 for a part of a struct, -2 for a struct of several."
__ratio(::Type{T}, ::Type{S}) where {T<:Real,S<:Real} = __is_record(T) || __is_record(S) ? __struct_ratio(T, S) : sizeof(T) == sizeof(S) ? 1 : __no_view(T, S)
__ratio(::Type{T}, ::Type{Complex{T}}) where {T<:Real} = 2
__ratio(::Type{Complex{T}}, ::Type{T}) where {T<:Real} = 0
__ratio(::Type{T}, ::Type{S}) where {T,S} = __struct_ratio(T, S)
__struct_ratio(::Type{T}, ::Type{S}) where {T,S} = __is_struct_of(T, S) ? -1 : __is_struct_of(S, T) ? -2 : __no_view(T, S)
__is_struct_of(T, S) = isbitstype(T) && __is_record(T) && __is_made_of(S, fieldtypes(T)...)
"Is it a struct to programs? Wide integers are some in this engine alone."
__is_record(T) = isstructtype(T) && !(T <: Integer)
"Is a struct made of fields of one type alone?"
__is_made_of(S) = true
__is_made_of(S, T, rest...) = (T === S || (isstructtype(T) && fieldcount(T) > 0 && __is_made_of(S, fieldtypes(T)...))) && __is_made_of(S, rest...)
__no_view(T, S) = throw(__OutsideSubset(string("An array of `", S, "` seen as one of `", T, "`")))
function __reinterpreted(::Type{T}, a::AbstractArray{S,N}, ratio) where {T,S,N}
    ratio == -1 && rem(size(a, 1) * sizeof(S), sizeof(T)) != 0 &&
        __argument_error("cannot reinterpret an `", S, "` array to `", T, "` whose first dimension has size `", size(a, 1), "`.")
    ratio == 0 && isodd(size(a, 1)) &&
        __argument_error("cannot reinterpret an `", S, "` array to `", T, "` whose first dimension has size `", size(a, 1), "`.")
    ReinterpretArray{T,N,S,typeof(a)}(a)
end
parent(r::ReinterpretArray) = r.parent
size(r::ReinterpretArray) = __seen_size(r, size(r.parent))
__seen_size(r::ReinterpretArray{T,N,Complex{T}}, s) where {T<:Real,N} = (2 * s[1], tail(s)...)
__seen_size(r::ReinterpretArray{Complex{T},N,T}, s) where {T<:Real,N} = (div(s[1], 2), tail(s)...)
__seen_size(r::ReinterpretArray{T,N,S}, s) where {T,N,S} = (div(s[1] * sizeof(S), sizeof(T)), tail(s)...)
getindex(r::ReinterpretArray{T,N}, I::Vararg{Int64,N}) where {T,N} = __seen_at(r, I...)
setindex!(r::ReinterpretArray{T,N}, v, I::Vararg{Int64,N}) where {T,N} = (__see!(r, convert(T, v), I...); r)
__seen_at(r::ReinterpretArray{T,N,S}, i, J...) where {T<:Real,N,S<:Real} =
    __is_record(T) || __is_record(S) ? __record_at(r, i, J) : reinterpret(T, r.parent[i, J...])
__seen_at(r::ReinterpretArray{T,N,S}, i, J...) where {T,N,S} = __record_at(r, i, J)
__record_at(r::ReinterpretArray{T,N,S}, i, J) where {T,N,S} = sizeof(T) >= sizeof(S) ?
    __made_at(T, S, r.parent, (i - 1) * div(sizeof(T), sizeof(S)) + 1, J) : __part_at(T, r.parent, i - 1, div(sizeof(S), sizeof(T)), J)
__see!(r::ReinterpretArray{T,N,S}, v, i, J...) where {T<:Real,N,S<:Real} =
    __is_record(T) || __is_record(S) ? __see_record!(r, v, i, J) : (r.parent[i, J...] = reinterpret(S, v))
__see!(r::ReinterpretArray{T,N,S}, v, i, J...) where {T,N,S} = __see_record!(r, v, i, J)
__see_record!(r::ReinterpretArray{T,N,S}, v, i, J) where {T,N,S} = sizeof(T) >= sizeof(S) ?
    __take_apart!(r.parent, v, T, S, (i - 1) * div(sizeof(T), sizeof(S)) + 1, J) : __set_part!(S, r.parent, v, i - 1, div(sizeof(S), sizeof(T)), J)
"One of the `n` parts of a struct, counted through all of them from 0; the same set."
__part_at(::Type{T}, a, i, n, J) where {T} = __all_parts(T, a[div(i, n)+1, J...])[rem(i, n)+1]
function __set_part!(::Type{S}, a, v::T, i, n, J) where {S,T}
    at = div(i, n) + 1
    a[at, J...] = __made_at(S, T, Base.setindex(__all_parts(T, a[at, J...]), v, rem(i, n) + 1), 1, ())
end
"All that is stored in a struct of parts of one type."
__all_parts(::Type{T}, x::T) where {T} = (x,)
__all_parts(::Type{T}, x::S) where {T,S} = __parts_of_all(T, __ntuple(k -> getfield(x, k), Val(fieldcount(S)))...)
__parts_of_all(T) = ()
__parts_of_all(T, x, rest...) = (__all_parts(T, x)..., __parts_of_all(T, rest...)...)
"A struct made of the elements from position `at` of the first axis."
__made_at(::Type{S}, ::Type{S}, a, at, J) where {S} = a[at, J...]
__made_at(::Type{T}, ::Type{S}, a, at, J) where {T,S} = __made(T, __parts_at(S, a, at, J, fieldtypes(T)...))
__made(::Type{T}, parts) where {T} = __new(T, parts...)
__made(::Type{T}, parts) where {T<:Tuple} = parts
__parts_at(S, a, at, J) = ()
__parts_at(S, a, at, J, T, rest...) = (__made_at(T, S, a, at, J), __parts_at(S, a, at + div(sizeof(T), sizeof(S)), J, rest...)...)
"The fields of a struct stored from position `at` of the first axis."
__take_apart!(a, v, ::Type{S}, ::Type{S}, at, J) where {S} = (a[at, J...] = v)
__take_apart!(a, v, ::Type{T}, ::Type{S}, at, J) where {T,S} = __take_parts!(a, v, 1, S, at, J, fieldtypes(T)...)
__take_parts!(a, v, k, S, at, J) = v
function __take_parts!(a, v, k, S, at, J, T, rest...)
    __take_apart!(a, getfield(v, k), T, S, at, J)
    __take_parts!(a, v, k + 1, S, at + div(sizeof(T), sizeof(S)), J, rest...)
end
__seen_at(r::ReinterpretArray{T,N,Complex{T}}, i, J...) where {T<:Real,N} = (z = r.parent[div(i + 1, 2), J...]; isodd(i) ? real(z) : imag(z))
function __see!(r::ReinterpretArray{T,N,Complex{T}}, v, i, J...) where {T<:Real,N}
    z = r.parent[div(i + 1, 2), J...]
    r.parent[div(i + 1, 2), J...] = isodd(i) ? Complex(v, imag(z)) : Complex(real(z), v)
end
__seen_at(r::ReinterpretArray{Complex{T},N,T}, i, J...) where {T<:Real,N} = Complex(r.parent[2i - 1, J...], r.parent[2i, J...])
function __see!(r::ReinterpretArray{Complex{T},N,T}, v, i, J...) where {T<:Real,N}
    r.parent[2i - 1, J...] = real(v)
    r.parent[2i, J...] = imag(v)
end
