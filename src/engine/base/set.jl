# Sets: elements in a vector, in order of insertion until one is deleted, and an index from element to place.

"A set of different values."
mutable struct Set{T} <: AbstractSet{T}
    slots::Any
    items::Vector{T}
end
Set{T}() where {T} = Set{T}(Intrinsics.dict_new(), Array{T,1}())
Set() = Set{Any}()
Set(itr) = (v = collect(itr); __filled_set(Set{eltype(v)}(), v))
Set{T}(itr) where {T} = __filled_set(Set{T}(), itr)
convert(::Type{T}, s::AbstractSet) where {T<:AbstractSet} = T(s)
convert(::Type{T}, s::T) where {T<:AbstractSet} = s
__counted(s::Set) = true
function __filled_set(s, itr)
    for x in itr
        push!(s, x)
    end
    s
end
function push!(s::Set{T}, x) where {T}
    v = convert(T, x)
    if Intrinsics.dict_find(s.slots, v) < 0
        push!(s.items, v)
        Intrinsics.dict_insert(s.slots, v, length(s.items) - 1)
    end
    s
end
function delete!(s::Set, x)
    at = Intrinsics.dict_find(s.slots, x)
    at < 0 && return s
    Intrinsics.dict_remove(s.slots, x)
    # The last takes its place.
    n = length(s.items)
    if at + 1 < n
        moved = __array_get(s.items, n)
        __array_set(s.items, moved, at + 1)
        Intrinsics.dict_insert(s.slots, moved, at)
    end
    resize!(s.items, n - 1)
    s
end
pop!(s::Set, x) = x in s ? (delete!(s, x); x) : throw(KeyError(x))
in(x, s::Set) = Intrinsics.dict_find(s.slots, x) >= 0
length(s::Set) = length(s.items)
isempty(s::Set) = length(s.items) == 0
__count(s::Set) = length(s.items)
__item(s::Set, k::Int64) = __array_get(s.items, k + 1)
eltype(::Type{<:AbstractSet{T}}) where {T} = T
copy(s::Set{T}) where {T} = __filled_set(Set{T}(), s.items)
function empty!(s::Set)
    for x in s.items
        Intrinsics.dict_remove(s.slots, x)
    end
    empty!(s.items)
    s
end
pop!(s::Set, x, default) = x in s ? (delete!(s, x); x) : default
"Takes out some element."
function pop!(s::Set)
    isempty(s) && __argument_error("set must be non-empty")
    x = s.items[1]
    delete!(s, x)
    x
end
filter(p, s::Set{T}) where {T} = __filled_set(Set{T}(), filter(p, s.items))
filter!(p, s::Set) = setdiff!(s, filter(!p, s.items))
empty(::Set{T}) where {T} = Set{T}()
sizehint!(s::Set, n; kws...) = s
unique(s::AbstractSet) = collect(s)
allunique(s::AbstractSet) = true

# Sets and vectors as sets.
union(s::Set{T}, t) where {T} = __filled_set(__filled_set(Set{promote_type(T, eltype(t))}(), s.items), t)
union(s::Set) = copy(s)
intersect(s::Set{T}, t) where {T} = (u = Set(t); __filled_set(Set{T}(), filter(x -> x in u, s.items)))
setdiff(s::Set{T}, t) where {T} = (u = Set(t); __filled_set(Set{T}(), filter(x -> !(x in u), s.items)))
symdiff(s::Set, t) = union(setdiff(s, t), setdiff(Set(t), s))
union(a, b) = unique(vcat(collect(a), collect(b)))
union(a) = unique(a)
intersect(a, b) = (u = Set(b); unique(filter(x -> x in u, collect(a))))
setdiff(a, b) = (u = Set(b); unique(filter(x -> !(x in u), collect(a))))
symdiff(a, b) = vcat(setdiff(a, b), setdiff(b, a))
union(a, b, c, rest...) = union(union(a, b), c, rest...)
intersect(a, b, c, rest...) = intersect(intersect(a, b), c, rest...)
setdiff(a, b, c, rest...) = setdiff(setdiff(a, b), c, rest...)
symdiff(a, b, c, rest...) = symdiff(symdiff(a, b), c, rest...)
union!(s::Set, itr) = __filled_set(s, itr)
union!(s::Set, itr, rest...) = union!(union!(s, itr), rest...)
union!(a::Vector, b) = append!(unique!(a), setdiff(b, a))
intersect!(s::Set, t) = (u = Set(t); filter!(x -> x in u, s))
intersect!(a::Vector, b) = (u = Set(b); filter!(x -> x in u, unique!(a)))
function setdiff!(s::Set, t)
    for x in t
        delete!(s, x)
    end
    s
end
setdiff!(a::Vector, b) = (u = Set(b); filter!(x -> !(x in u), unique!(a)))
const ∪ = union
const ∩ = intersect
issubset(a, b) = (u = Set(b); all(x -> x in u, a))
const ⊆ = issubset
⊇(a, b) = issubset(b, a)
⊈(a, b) = !issubset(a, b)
⊉(a, b) = !issubset(b, a)
⊊(a, b) = issubset(a, b) && !issubset(b, a)
⊋(a, b) = b ⊊ a
issetequal(a, b) = issubset(a, b) && issubset(b, a)
isdisjoint(a, b) = isempty(intersect(Set(a), b))
==(a::Set, b::Set) = length(a) == length(b) && issubset(a, b)
