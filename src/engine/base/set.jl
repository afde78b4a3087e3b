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
function deepcopy_internal(s::Set{T}, seen) where {T}
    haskey(seen, s) && return seen[s]::Set{T}
    seen[s] = Set{T}()
    for x in s
        push!(seen[s]::Set{T}, deepcopy_internal(x, seen))
    end
    seen[s]::Set{T}
end
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
"Of equal sets the same, whatever their types are."
hash(s::AbstractSet, h::UInt64) = hash(Set(s), h)
hash(s::Set, h::UInt64) = __mixed_hash(Intrinsics.any_hash(s), h)
filter(p, s::AbstractSet{T}) where {T} = __filled_set(empty(s), Iterators.filter(p, s))
filter(p, s::Set{T}) where {T} = __filled_set(Set{T}(), filter(p, s.items))
filter!(p, s::Set) = setdiff!(s, filter(!p, s.items))
empty(s::AbstractSet{T}) where {T} = empty(s, T)
empty(::AbstractSet, ::Type{T}) where {T} = Set{T}()
copy!(dest::AbstractSet, src::AbstractSet) = union!(empty!(dest), src)
map(f, ::AbstractSet) = error("map is not defined on sets")
map(f, ::AbstractDict) = error("map is not defined on dictionaries")
hasfastin(::Type) = false
hasfastin(::Type{<:Union{AbstractSet,AbstractDict,AbstractRange}}) = true
hasfastin(x) = hasfastin(typeof(x))
sizehint!(s::Set, n; kws...) = s
unique(s::AbstractSet) = collect(s)
allunique(s::AbstractSet) = true

# Sets and vectors as sets.
union(s::AbstractSet{T}, t) where {T} = __filled_set(__filled_set(Set{promote_type(T, eltype(t))}(), s), t)
union(s::AbstractSet) = copy(s)
"Of equal elements those of the second."
function intersect(s::AbstractSet{T}, t) where {T}
    out = Set{promote_type(T, eltype(t))}()
    for x in t
        x in s && push!(out, x)
    end
    out
end
setdiff(s::AbstractSet{T}, t) where {T} = setdiff!(__filled_set(Set{T}(), s), t)
symdiff(s::AbstractSet, t) = union(setdiff(s, t), setdiff(Set(t), s))
union(a, b) = unique(vcat(collect(a), collect(b)))
union(a) = unique(a)
intersect(a, b) = (u = Set(b); unique(filter(x -> x in u, collect(a))))
setdiff(a, b) = (u = Set(b); unique(filter(x -> !(x in u), collect(a))))
intersect(a) = unique(a)
symdiff(a) = unique(a)
symdiff(a, b) = vcat(setdiff(a, b), setdiff(b, a))
union(a, b, c, rest...) = union(union(a, b), c, rest...)
intersect(a, b, c, rest...) = intersect(intersect(a, b), c, rest...)
setdiff(a, b, c, rest...) = setdiff(setdiff(a, b), c, rest...)
symdiff(a, b, c, rest...) = symdiff(symdiff(a, b), c, rest...)
union!(s::AbstractSet, itr) = __filled_set(s, itr)
union!(s::Union{AbstractSet,Vector}, itr, rest...) = union!(union!(s, itr), rest...)
setdiff!(s::Union{AbstractSet,Vector}, itr, rest...) = setdiff!(setdiff!(s, itr), rest...)
intersect!(s::Union{AbstractSet,Vector}, itr, rest...) = intersect!(intersect!(s, itr), rest...)
symdiff!(s::Union{AbstractSet,Vector}, itr, rest...) = symdiff!(symdiff!(s, itr), rest...)
union!(a::Vector, b) = append!(unique!(a), setdiff(b, a))
intersect!(s::AbstractSet, t) = (u = Set(t); filter!(x -> x in u, s))
intersect!(a::Vector, b) = (u = Set(b); filter!(x -> x in u, unique!(a)))
function setdiff!(s::AbstractSet, t)
    for x in t
        delete!(s, x)
    end
    s
end
symdiff!(a::Vector, b) = (s = symdiff!(Set(a), b); filter!(x -> x in s, unique!(a)); append!(a, setdiff(s, a)))
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
isequal(a::AbstractSet, b::AbstractSet) = a == b
<(a::AbstractSet, b::AbstractSet) = length(a) < length(b) && issubset(a, b)
<=(a::AbstractSet, b::AbstractSet) = issubset(a, b)
issubset(a) = Base.Fix2(issubset, a)
issetequal(a) = Base.Fix2(issetequal, a)
isdisjoint(a) = Base.Fix2(isdisjoint, a)
"Puts `x` in; was it there?"
in!(x, s::AbstractSet) = x in s || (push!(s, x); false)

# Elements replaced: the pairs of a dictionary, the elements of a set.
replace(s::AbstractSet, pairs::Pair...; count::Integer=typemax(Int)) = __replaced_in(Set(s), x -> __replaced(x, pairs...), count)
replace(f::Function, s::AbstractSet; count::Integer=typemax(Int)) = __replaced_in(Set(s), f, count)
replace(d::AbstractDict, pairs::Pair...; count::Integer=typemax(Int)) = __replaced_in(copy(d), x -> __replaced(x, pairs...), count)
replace(f::Function, d::AbstractDict; count::Integer=typemax(Int)) = __replaced_in(copy(d), f, count)
replace!(s::Union{AbstractSet,AbstractDict}, pairs::Pair...; count::Integer=typemax(Int)) = __replaced_in(s, x -> __replaced(x, pairs...), count)
replace!(f::Function, s::Union{AbstractSet,AbstractDict}; count::Integer=typemax(Int)) = __replaced_in(s, f, count)
function __replaced_in(s, f, count)
    old, new = eltype(s)[], eltype(s)[]
    for x in s
        length(old) < count || break
        y = f(x)
        x === y || (push!(old, x); push!(new, y))
    end
    foreach(x -> delete!(s, x isa Pair && s isa AbstractDict ? x.first : x), old)
    foreach(y -> push!(s, y), new)
    s
end

"A set of integers, in their order."
mutable struct BitSet <: AbstractSet{Int64}
    items::Vector{Int64}
    BitSet() = new(Int64[])
end
BitSet(itr) = union!(BitSet(), itr)
__counted(s::BitSet) = true
__count(s::BitSet) = length(s.items)
__item(s::BitSet, k::Int64) = s.items[k+1]
length(s::BitSet) = length(s.items)
isempty(s::BitSet) = isempty(s.items)
in(x::Integer, s::BitSet) = insorted(x, s.items)
in(x, s::BitSet) = isinteger(x) && Int64(x) in s
function push!(s::BitSet, x::Integer)
    k = searchsortedfirst(s.items, x)
    k <= length(s) && s.items[k] == x || insert!(s.items, k, Int64(x))
    s
end
function delete!(s::BitSet, x::Integer)
    k = searchsortedfirst(s.items, x)
    k <= length(s) && s.items[k] == x && deleteat!(s.items, k)
    s
end
pop!(s::BitSet) = isempty(s) ? __argument_error("collection must be non-empty") : pop!(s.items)
pop!(s::BitSet, x::Integer) = x in s ? (delete!(s, x); x) : throw(KeyError(x))
pop!(s::BitSet, x::Integer, default) = x in s ? (delete!(s, x); x) : default
empty!(s::BitSet) = (empty!(s.items); s)
empty(::BitSet) = BitSet()
copy(s::BitSet) = BitSet(s.items)
sizehint!(s::BitSet, n; kws...) = s
union!(s::BitSet, itr) = (foreach(x -> push!(s, x), itr); s)
setdiff!(s::BitSet, itr) = (foreach(x -> delete!(s, x), itr); s)
intersect!(s::BitSet, itr) = (u = Set(itr); filter!(x -> x in u, s.items); s)
symdiff!(s::BitSet, itr) = (foreach(x -> x in s ? delete!(s, x) : push!(s, x), unique(itr)); s)
symdiff!(s::AbstractSet, itr) = (foreach(x -> x in s ? delete!(s, x) : push!(s, x), unique(itr)); s)
union(s::BitSet) = copy(s)
union(s::BitSet, itr) = union!(copy(s), itr)
intersect(s::BitSet, itr) = intersect!(copy(s), itr)
setdiff(s::BitSet, itr) = setdiff!(copy(s), itr)
symdiff(s::BitSet, itr) = symdiff!(copy(s), itr)
filter(p, s::BitSet) = BitSet(filter(p, s.items))
filter!(p, s::BitSet) = (filter!(p, s.items); s)
first(s::BitSet) = first(s.items)
last(s::BitSet) = last(s.items)
minimum(s::BitSet) = first(s.items)
maximum(s::BitSet) = last(s.items)
==(a::BitSet, b::BitSet) = a.items == b.items
hash(s::BitSet, h::UInt64) = hash(Set(s.items), h)
show(io::IO, s::BitSet) = print(io, "BitSet([", join(s.items, ", "), "])")

"A set whose elements are told apart by identity: two equal arrays are two elements."
struct IdSet{T} <: AbstractSet{T}
    dict::IdDict{T,Nothing}
    IdSet{T}() where {T} = new{T}(IdDict{T,Nothing}())
end
IdSet() = IdSet{Any}()
IdSet{T}(itr) where {T} = __filled_set(IdSet{T}(), itr)
IdSet(itr) = __filled_set(IdSet{eltype(itr)}(), itr)
push!(s::IdSet, x) = (s.dict[x] = nothing; s)
delete!(s::IdSet, x) = (delete!(s.dict, x); s)
in(x, s::IdSet) = haskey(s.dict, x)
length(s::IdSet) = length(s.dict)
iterate(s::IdSet, state...) = iterate(keys(s.dict), state...)
empty!(s::IdSet) = (empty!(s.dict); s)
copy(s::IdSet{T}) where {T} = IdSet{T}(s)
