# Finding elements: extremes, positions, and what occurs.

findmax(a) = __find_extreme(identity, isless, a)
findmin(a) = __find_extreme(identity, (x, y) -> isless(y, x), a)
findmax(f, a) = __find_extreme(f, isless, a)
findmin(f, a) = __find_extreme(f, (x, y) -> isless(y, x), a)
findmax(f, a::AbstractArray; dims=:) = dims isa Colon ? __find_extreme(f, isless, a) : findmax(map(f, a); dims)
findmin(f, a::AbstractArray; dims=:) = dims isa Colon ? __find_extreme(f, (x, y) -> isless(y, x), a) : findmin(map(f, a); dims)
findmax(a::AbstractArray; dims=:) = __find_extreme_dims(isless, a, dims)
findmin(a::AbstractArray; dims=:) = __find_extreme_dims((x, y) -> isless(y, x), a, dims)
argmax(a) = findmax(a)[2]
argmin(a) = findmin(a)[2]
argmax(a::AbstractArray; dims=:) = __second(__find_extreme_dims(isless, a, dims))
argmin(a::AbstractArray; dims=:) = __second(__find_extreme_dims((x, y) -> isless(y, x), a, dims))
__second(t::Tuple) = t[2]
"The element of `domain` where `f` is largest, or smallest."
argmax(f, domain) = __extreme_element(Val(__counted(domain)), f, isless, domain)
argmin(f, domain) = __extreme_element(Val(__counted(domain)), f, (x, y) -> isless(y, x), domain)
__extreme_element(::Val{true}, f, beaten, domain) = __item(domain, __find_extreme_position(f, beaten, domain) - 1)
__extreme_element(::Val{false}, f, beaten, domain) = __extreme_element(Val(true), f, beaten, collect(domain))
"The first value that no other beats, with its index. NaN beats everything but `missing`."
function __find_extreme(f, beaten, a)
    k = __find_extreme_position(f, beaten, a)
    (f(__value_of(a, k)), __key_of(a, k))
end
function __find_extreme_position(f, beaten, a)
    n = __count(a)
    n == 0 && __argument_error("collection must be non-empty")
    best, at = f(__value_of(a, 1)), 1
    for k in 1:n-1
        x = f(__value_of(a, k + 1))
        if __better(beaten, best, x)
            best, at = x, k + 1
        end
    end
    at
end
__better(beaten, best, x) = beaten(best, x)
__better(beaten, best, ::Missing) = true
__better(beaten, ::Missing, x) = false
__better(beaten, ::Missing, ::Missing) = false
__better(beaten, best::AbstractFloat, x::AbstractFloat) = isnan(best) ? false : isnan(x) || beaten(best, x)
"What stands at position `k`: the value of a dictionary."
__value_of(a, k) = __item(a, k - 1)
__value_of(a::AbstractDict, k) = __item(a, k - 1).second
"The index that goes with position `k`."
__key_of(a, k) = k
__key_of(nt::NamedTuple, k) = keys(nt)[k]
__key_of(a::AbstractArray, k) = CartesianIndex(map((i, axis) -> i + first(axis) - 1, __subscripts(size(a), k), axes(a)))
__key_of(a::AbstractVector, k) = k + firstindex(a) - 1
__key_of(a::AbstractDict, k) = __item(keys(a), k - 1)
__find_extreme_dims(beaten, a, ::Colon) = __find_extreme(identity, beaten, a)
"Of several dimensions one after the other, the first to the innermost: of equal values the one that is stored first is found."
__find_extreme_dims(beaten, a, dims::Tuple{}) = (copy(a), collect(CartesianIndices(a)))
__find_extreme_dims(beaten, a, dims::Tuple) = __find_extreme_rest(beaten, a, sort(collect(dims)))
function __find_extreme_rest(beaten, a, dims)
    vals, places = __find_extreme_dims(beaten, a, dims[1])
    for d in dims[2:end]
        vals, at = __find_extreme_dims(beaten, vals, d)
        places = places[at]
    end
    (vals, places)
end
function __find_extreme_dims(beaten, a::AbstractArray{T,N}, d::Integer) where {T,N}
    s = size(a)
    pre, n = __before(s, d), __size(s, Int64(d))
    shape = __shrunk(s, d)
    vals = Array{T}(undef, shape)
    places = Array{CartesianIndex{N}}(undef, shape)
    for q in 1:div(length(vals), pre)
        for p in 1:pre
            at = p + (q - 1) * (n * pre)
            for r in 2:n
                k = p + (r - 1) * pre + (q - 1) * (n * pre)
                __better(beaten, __get(a, at), __get(a, k)) && (at = k)
            end
            __array_set(vals, __get(a, at), p + (q - 1) * pre)
            __array_set(places, CartesianIndex(__subscripts(s, at)), p + (q - 1) * pre)
        end
    end
    (vals, places)
end

"All indices whose elements are true, or for which `p` holds."
findall(a::AbstractArray{Bool}) = __findall(identity, a)
findall(p::Function, a) = __findall(p, a)
function __findall(p, a::AbstractVector)
    out = Int64[]
    for k in 1:length(a)
        p(__get(a, k)) && push!(out, __key_of(a, k))
    end
    out
end
function __findall(p, a::AbstractArray{T,N}) where {T,N}
    out = CartesianIndex{N}[]
    for k in 1:length(a)
        p(__get(a, k)) && push!(out, __key_of(a, k))
    end
    out
end
__findall(p, itr) = __findall(p, collect(itr))
function __findall(p, d::AbstractDict{K,V}) where {K,V}
    out = K[]
    for (k, v) in d
        p(v) && push!(out, k)
    end
    out
end
function __findall(p, t::NamedTuple)
    out = Symbol[]
    for k in keys(t)
        p(t[k]) && push!(out, k)
    end
    out
end
findall(a::Tuple) = findall(identity, a)
findfirst(a::AbstractArray) = findfirst(identity, a)
findlast(a::AbstractArray) = findlast(identity, a)
function findfirst(p::Function, a)
    for k in 1:__count(a)
        p(__value_of(a, k)) && return __key_of(a, k)
    end
    nothing
end
function findlast(p::Function, a)
    n = __count(a)
    for k in 1:n
        p(__value_of(a, n + 1 - k)) && return __key_of(a, n + 1 - k)
    end
    nothing
end
function findnext(p::Function, a::Union{AbstractVector,Tuple}, from::Integer)
    for k in from:lastindex(a)
        p(a[k]) && return k
    end
    nothing
end
function findprev(p::Function, a::Union{AbstractVector,Tuple}, from::Integer)
    for k in 0:from-firstindex(a)
        p(a[from - k]) && return from - k
    end
    nothing
end
findnext(a::AbstractVector{Bool}, from::Integer) = findnext(identity, a, from)
findprev(a::AbstractVector{Bool}, from::Integer) = findprev(identity, a, from)
function indexin(a, b)
    found = map(x -> findfirst(isequal(x), b), collect(a))
    __of_type(Union{Nothing,eltype(keys(b))}, found)
end

"The different elements, in the order of their first appearance."
unique(a::AbstractArray; dims=:) = __unique(a, dims)
unique(itr) = __unique(itr, :)
__unique(a::AbstractArray, d::Integer) = collect(selectdim(a, d, unique(k -> collect(selectdim(a, d, k)), 1:size(a, d))))
function __unique(itr, ::Colon)
    v = vec(collect(itr))
    out = similar(v, 0)
    seen = Set{eltype(v)}()
    for x in v
        if !(x in seen)
            push!(seen, x)
            push!(out, x)
        end
    end
    out
end
function unique(f, itr)
    v = collect(itr)
    keep = Int64[]
    seen = Set{Any}()
    for k in 1:length(v)
        key = f(v[k])
        if !(key in seen)
            push!(seen, key)
            push!(keep, k)
        end
    end
    v[keep]
end
unique!(f, a::Vector) = (u = unique(f, a); resize!(a, length(u)); copyto!(a, u))
unique!(a::Vector) = (u = unique(a); resize!(a, length(u)); copyto!(a, u))
"The elements with `old` replaced by `new`."
function replace(a::AbstractArray, pairs::Pair...; count::Integer=typemax(Int))
    kept = count == typemax(Int) ? __type_without(eltype(a), pairs) : eltype(a)
    T = promote_type(kept, map(p -> fieldtype(typeof(p), 2), pairs)...)
    copyto!(similar(a, T), __replaced_first(x -> __replaced(x, pairs...), a, count))
end
replace(f::Callable, a::AbstractArray; count::Integer=typemax(Int)) = copyto!(similar(a), __replaced_first(f, a, count))
"`T` without the types that have one value, which is replaced."
__type_without(T, ::Tuple{}) = T
function __type_without(T, pairs::Tuple)
    K = fieldtype(typeof(first(pairs)), 1)
    __type_without(Base.issingletontype(K) ? __typesubtract(T, K) : T, Base.tail(pairs))
end
replace!(f::Function, a::AbstractArray; count::Integer=typemax(Int)) = copyto!(a, __replaced_first(f, a, count))
"At most the first `count` that change."
function __replaced_first(f, a, count)
    count < 0 && throw(DomainError(count, "`count` must not be negative"))
    count == typemax(Int) && return map(f, a)
    left = count
    map(a) do x
        y = left > 0 ? f(x) : x
        y === x || (left -= 1)
        y
    end
end
replace(t::Tuple, pairs::Pair...; count::Integer=typemax(Int)) = __replaced_first(x -> __replaced(x, pairs...), t, count)
replace(f::Callable, t::Tuple; count::Integer=typemax(Int)) = __replaced_first(f, t, count)
__replaced(x) = x
__replaced(x, p, rest...) = isequal(x, p.first) ? p.second : __replaced(x, rest...)
replace!(a::AbstractArray, pairs::Pair...; count::Integer=typemax(Int)) = copyto!(a, replace(a, pairs...; count=count))
