# Arithmetic and comparison of whole arrays.

"`f` of each pair of elements of two arrays of one size."
function __elementwise(f, a::AbstractArray{T,N}, b::AbstractArray{S,N}) where {T,S,N}
    __same_size(a, b)
    out = Array{__held_type(__return_type(f, T, S)),N}(undef, size(a))
    for k in 1:length(a)
        __array_set(out, f(__get(a, k), __get(b, k)), k)
    end
    __narrowed(out)
end
__elementwise(f, a::AbstractArray, b::AbstractArray) =
    ndims(a) < ndims(b) ? __elementwise(f, __in_shape(a, b), b) : __elementwise(f, a, __in_shape(b, a))
"The array `a` in the shape of `like`, which has more dimensions: those are of length 1."
function __in_shape(a::AbstractArray{T,N}, like::AbstractArray{S,M}) where {T,N,S,M}
    for k in 1:N
        size(a, k) == size(like, k) || __size_error("dimensions must match: a has dims ", axes(like), ", b has dims ", axes(a), ", mismatch at ", k)
    end
    for k in N+1:M
        size(like, k) == 1 || __size_error("dimensions must match: a has dims ", axes(like), ", must have singleton at dim ", k)
    end
    reshape(a, size(like))
end
__same_size(a, b) = size(a) == size(b) ? nothing :
    __size_error("dimensions must match: a has dims ", axes(a), ", b has dims ", axes(b), ", mismatch at ", __first_mismatch(size(a), size(b), 1))
__first_mismatch(s::Tuple, t::Tuple, k) =
    __size(s, k) != __size(t, k) || k > max(__tuple_length(s), __tuple_length(t)) ? k : __first_mismatch(s, t, k + 1)
__each_element(f, a) = materialize(broadcasted(f, a))
__each_element(f, a::AbstractArray{T,0}) where {T} = fill(f(a[]))
+(a::AbstractArray, b::AbstractArray) = __elementwise(+, a, b)
-(a::AbstractArray, b::AbstractArray) = __elementwise(-, a, b)
+(a::AbstractArray, b::AbstractArray, c::AbstractArray) = (a + b) + c
-(a::AbstractArray) = __each_element(-, a)
+(a::AbstractArray) = a
*(x::Number, a::AbstractArray) = __each_element(y -> x * y, a)
*(a::AbstractArray, x::Number) = __each_element(y -> y * x, a)
/(a::AbstractArray, x::Number) = __each_element(y -> y / x, a)
//(a::AbstractArray, x::Number) = __each_element(y -> y // x, a)
\(x::Number, a::AbstractArray) = __each_element(y -> x \ y, a)
conj(a::AbstractArray{<:Real}) = a
conj!(a::AbstractArray) = a .= conj.(a)
conj(a::AbstractArray) = __each_element(conj, a)
real(a::AbstractArray{<:Real}) = a
real(a::AbstractArray) = __each_element(real, a)
imag(a::AbstractArray) = __each_element(imag, a)
abs2(a::AbstractArray) = throw(MethodError(abs2, (a,)))
float(a::AbstractArray) = __each_element(float, a)

function ==(a::AbstractArray, b::AbstractArray)
    size(a) == size(b) || return false
    for k in 1:length(a)
        __get(a, k) == __get(b, k) || return false
    end
    true
end
==(a::AbstractArray{T}, b::AbstractArray{S}) where {T>:Missing,S} = __equal_or_missing(a, b)
==(a::AbstractArray{T}, b::AbstractArray{S}) where {T,S>:Missing} = __equal_or_missing(a, b)
==(a::AbstractArray{T}, b::AbstractArray{S}) where {T>:Missing,S>:Missing} = __equal_or_missing(a, b)
__equal_or_missing(a, b) = size(a) == size(b) && __all_known(k -> __get(a, k) == __get(b, k), 1:length(a))
function isequal(a::AbstractArray, b::AbstractArray)
    size(a) == size(b) || return false
    for k in 1:length(a)
        isequal(__get(a, k), __get(b, k)) || return false
    end
    true
end
function isless(a::AbstractVector, b::AbstractVector)
    for k in 1:min(length(a), length(b))
        isequal(__get(a, k), __get(b, k)) || return isless(__get(a, k), __get(b, k))
    end
    length(a) < length(b)
end
cmp(a::AbstractVector, b::AbstractVector) = isless(a, b) ? -1 : isless(b, a) ? 1 : 0
iszero(a::AbstractArray) = all(iszero, a)
isreal(a::AbstractArray) = all(isreal, a)

"Whether two values are equal up to rounding: `|x - y| <= max(atol, rtol max(|x|, |y|))`."
function isapprox(x::Number, y::Number; atol::Real=0, rtol::Real=rtoldefault(x, y, atol), nans::Bool=false, norm=abs)
    x == y && return true
    isfinite(x) && isfinite(y) && return norm(x - y) <= max(atol, rtol * max(norm(x), norm(y)))
    nans && isnan(x) && isnan(y)
end
function isapprox(a::AbstractArray, b::AbstractArray; atol::Real=0, rtol::Real=rtoldefault(__leaf_type(a), __leaf_type(b), atol), nans::Bool=false, norm=__norm2)
    d = norm(a - b)
    isfinite(d) && return d <= max(atol, rtol * max(norm(a), norm(b)))
    for k in 1:length(a)
        isapprox(__get(a, k), __get(b, k); atol=atol, rtol=rtol, nans=nans) || return false
    end
    true
end
"The type of the numbers in arrays, in arrays of arrays too."
__leaf_type(a::AbstractArray{T}) where {T<:Number} = T
__leaf_type(a::AbstractArray{<:AbstractArray{T}}) where {T<:Number} = T
__leaf_type(a::AbstractArray) = isempty(a) ? Bool : mapreduce(__leaf_type, promote_type, a)
__leaf_type(x) = typeof(x)
isapprox(y; kws...) = x -> isapprox(x, y; kws...)
const ≈ = isapprox
≉(x, y; kws...) = !isapprox(x, y; kws...)
"The square root of the machine precision of the coarser type (or value's type), or 0 when an absolute tolerance is given."
rtoldefault(x, y, atol) = atol > 0 ? 0.0 : max(__default_rtol(x), __default_rtol(y))
__default_rtol(x) = rtoldefault(typeof(x))
__default_rtol(::Type{T}) where {T} = rtoldefault(T)
rtoldefault(::Type{T}) where {T<:Number} = rtoldefault(real(T))
rtoldefault(::Type{T}) where {T<:Real} = 0.0
rtoldefault(::Type{Float64}) = 1.4901161193847656e-8
rtoldefault(::Type{Float32}) = 0.00034526698300124393
rtoldefault(::Type{Float16}) = 0.03125
rtoldefault(::Type) = 0.0
rtoldefault(::Type{Any}) = 1.4901161193847656e-8
"The Euclidean length of all elements."
function __norm2(a)
    isempty(a) && return 0.0
    s = __norm_squared(__get(a, 1))
    for k in 2:length(a)
        s += __norm_squared(__get(a, k))
    end
    sqrt(s)
end
__norm_squared(x::Number) = abs2(float(x))
__norm_squared(a::AbstractArray) = (n = __norm2(a); n * n)

"A number that equal values have in common; `h` is that of what comes before. A type of the program has a method for two arguments."
hash(x) = hash(x, UInt64(0))
hash(x, h::UInt64) = __mixed_hash(Intrinsics.any_hash(x), h)
hash(x, h::Integer) = hash(x, UInt64(h))
hash(a::AbstractArray, h::UInt64) = hash(collect(a), h)
hash(a::Array, h::UInt64) = __mixed_hash(Intrinsics.any_hash(a), h)
"A number that the same values (`===`) have in common: of what can be changed, its own."
objectid(x) = __mixed_hash(Intrinsics.any_identity(x), UInt64(0))
__mixed_hash(n::Int64, h::UInt64) = xor(UInt64(n), h * 0x9e3779b97f4a7c15) * 0xbf58476d1ce4e5b9
