# Vectors that grow and shrink.

"`[x, y, …]`"
vect() = Array{Any,1}()
function vect(xs...)
    T = promote_typeof(xs...)
    out = __array_new(Array{T,1}, (__tuple_length(xs),))
    __fill_from!(out, xs, 1)
    out
end
function __fill_from!(out::Array{T}, xs::Tuple, k) where {T}
    for x in xs
        __array_set(out, convert(T, x), k)
        k += 1
    end
end
"`T[x, y, …]`"
getindex(::Type{T}) where {T} = Array{T,1}()
function getindex(::Type{T}, xs...) where {T}
    out = __array_new(Array{T,1}, (__tuple_length(xs),))
    __fill_from!(out, xs, 1)
    out
end

function push!(a::Array{T,1}, x) where {T}
    v = convert(T, x)
    n = length(a) + 1
    Intrinsics.arr_resize(a, n)
    __array_set(a, v, n)
    a
end
"Vectors of a program grow by their `resize!`."
function push!(a::AbstractVector{T}, x) where {T}
    v = convert(T, x)
    n = length(a) + 1
    resize!(a, n)
    a[n] = v
    a
end
function append!(a::AbstractVector, itr)
    items = collect(itr)
    n = length(a)
    resize!(a, n + length(items))
    for k in 1:length(items)
        a[n+k] = items[k]
    end
    a
end
append!(a::AbstractVector, b, c, rest...) = append!(append!(a, b), c, rest...)
function pop!(a::AbstractVector)
    isempty(a) && __argument_error("array must be non-empty")
    x = a[end]
    resize!(a, length(a) - 1)
    x
end
push!(a, x, y, rest...) = push!(push!(a, x), y, rest...)
function pop!(a::Array{T,1}) where {T}
    n = length(a)
    n == 0 && __argument_error("array must be non-empty")
    x = __array_get(a, n)
    Intrinsics.arr_resize(a, n - 1)
    x
end
function append!(a::Array{T,1}, b::AbstractArray) where {T}
    m, n = length(a), length(b)
    Intrinsics.arr_resize(a, m + n)
    for k in 1:n
        __array_set(a, convert(T, __get(b, k)), m + k)
    end
    a
end
append!(a::Vector, itr) = (__push_all!(a, identity, itr); a)
append!(a::Vector, b, c, rest...) = append!(append!(a, b), c, rest...)
insert!(a::Vector, i::Integer, x) = __insert!(a, Int64(i), x)
function __insert!(a::Array{T,1}, i::Int64, x) where {T}
    n = length(a)
    1 <= i <= n + 1 || __out_of_bounds(a, i)
    v = convert(T, x)
    Intrinsics.arr_resize(a, n + 1)
    for k in 0:n-i
        __array_set(a, __array_get(a, n - k), n - k + 1)
    end
    __array_set(a, v, i)
    a
end
pushfirst!(a::Vector, x) = __insert!(a, 1, x)
pushfirst!(a::Vector, x, y, rest...) = pushfirst!(pushfirst!(a, y, rest...), x)
function prepend!(a::Vector, b)
    joined = vcat(collect(b), a)
    resize!(a, length(joined))
    copyto!(a, joined)
end
prepend!(a::Vector, b, c, rest...) = prepend!(prepend!(a, c, rest...), b)
nextind(::AbstractArray, i::Integer) = Int64(i) + 1
prevind(::AbstractArray, i::Integer) = Int64(i) - 1
popfirst!(a::Vector) = isempty(a) ? __argument_error("array must be non-empty") : popat!(a, 1)
"Takes out the element at `i` and gives it."
function popat!(a::Vector, i::Integer)
    x = a[i]
    deleteat!(a, i)
    x
end
function deleteat!(a::Vector, i::Integer)
    n = length(a)
    1 <= i <= n || __out_of_bounds(a, i)
    for k in i:n-1
        __array_set(a, __array_get(a, k + 1), k)
    end
    Intrinsics.arr_resize(a, n - 1)
    a
end
function deleteat!(a::Vector, inds)
    gone = fill(false, length(a))
    before = 0
    for i in inds
        i > before || __argument_error("indices must be unique and sorted")
        before = i
        gone[i] = true
    end
    __keep!(a, map(!, gone))
end
deleteat!(a::Vector, gone::AbstractVector{Bool}) = __keep!(a, map(!, gone))
keepat!(a::Vector, inds) = (b = a[inds]; resize!(a, length(b)); copyto!(a, b))
function __keep!(a, mask)
    n = 0
    for k in 1:length(a)
        if mask[k]
            n += 1
            __array_set(a, __array_get(a, k), n)
        end
    end
    Intrinsics.arr_resize(a, n)
    a
end
splice!(a::Vector, i::Integer) = popat!(a, i)
splice!(a::Vector, i::Integer, new) = __splice_one!(a, i, new)
function __splice_one!(a, i, new)
    old = a[i]
    splice!(a, i:i, new)
    old
end
function __splice_one!(a::Vector{T}, i, new::T) where {T}
    old = a[i]
    a[i] = new
    old
end
function splice!(a::Vector, r::AbstractUnitRange, new=())
    old = isempty(r) ? similar(a, 0) : a[r]
    tail_part = a[last(r)+1:length(a)]
    resize!(a, first(r) - 1)
    append!(a, new)
    append!(a, tail_part)
    old
end
splice!(a::Vector, inds) = (old = a[collect(inds)]; deleteat!(a, inds); old)
function resize!(a::Vector, n::Integer)
    n < 0 && __argument_error("new length must be ≥ 0")
    Intrinsics.arr_resize(a, Int64(n))
    a
end
empty!(a::Vector) = (Intrinsics.arr_resize(a, 0); a)
empty(a::AbstractVector{T}) where {T} = Array{T,1}()
empty(a::AbstractVector, ::Type{T}) where {T} = Array{T,1}()
popat!(a::Vector, i::Integer, default) = 1 <= i <= length(a) ? popat!(a, i) : default
unsafe_copyto!(dest::Array, at::Integer, src::Array, from::Integer, n::Integer) = copyto!(dest, at, src, from, n)
sizehint!(a, n; kws...) = a
