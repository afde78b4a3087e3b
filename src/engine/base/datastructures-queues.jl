# DataStructures: queues, stacks, buffers, heaps.
module DataStructures

# ---- Queues

"A queue with two ends: what was taken from the front leaves its place there."
mutable struct Deque{T}
    items::Vector{T}
    Deque{T}(blksize::Integer=1024) where {T} = new{T}(T[])
end
Deque() = Deque{Any}()
Base.length(d::Deque) = length(d.items)
Base.isempty(d::Deque) = isempty(d.items)
Base.eltype(::Type{Deque{T}}) where {T} = T
Base.push!(d::Deque, x) = (push!(d.items, x); d)
Base.pushfirst!(d::Deque, x) = (pushfirst!(d.items, x); d)
Base.pop!(d::Deque) = (some(d); pop!(d.items))
Base.popfirst!(d::Deque) = (some(d); popfirst!(d.items))
Base.first(d::Deque) = (some(d); first(d.items))
Base.last(d::Deque) = (some(d); last(d.items))
Base.iterate(d::Deque, state...) = iterate(d.items, state...)
Base.empty!(d::Deque) = (empty!(d.items); d)
Base.:(==)(a::Deque, b::Deque) = a.items == b.items
Base.collect(d::Deque) = copy(d.items)
Base.show(io::IO, d::Deque) = print(io, "Deque [", d.items, "]")
some(d) = isempty(d) ? throw(ArgumentError("Deque must be non-empty")) : nothing
"Last in, first out; first in, first out."
struct Stack{T}
    store::Deque{T}
end
struct Queue{T}
    store::Deque{T}
end
Stack{T}(blksize::Integer=1024) where {T} = Stack{T}(Deque{T}())
Stack() = Stack{Any}()
Queue{T}(blksize::Integer=1024) where {T} = Queue{T}(Deque{T}())
Queue() = Queue{Any}()
const Line = Union{Stack,Queue}
Base.length(s::Line) = length(s.store)
Base.isempty(s::Line) = isempty(s.store)
Base.eltype(::Type{Stack{T}}) where {T} = T
Base.eltype(::Type{Queue{T}}) where {T} = T
Base.push!(s::Line, x) = (push!(s.store, x); s)
Base.empty!(s::Line) = (empty!(s.store); s)
Base.pop!(s::Stack) = pop!(s.store)
Base.first(s::Stack) = last(s.store)
Base.last(s::Stack) = first(s.store)
top(s::Stack) = first(s)
Base.iterate(s::Stack, k=length(s)) = k < 1 ? nothing : (s.store.items[k], k - 1)
Base.popfirst!(q::Queue) = popfirst!(q.store)
Base.first(q::Queue) = first(q.store)
Base.last(q::Queue) = last(q.store)
Base.iterate(q::Queue, state...) = iterate(q.store, state...)
enqueue!(q::Queue, x) = push!(q, x)
dequeue!(q::Queue) = popfirst!(q)
Base.:(==)(a::Stack, b::Stack) = a.store == b.store
Base.:(==)(a::Queue, b::Queue) = a.store == b.store

"The last `capacity` of what came; of a CircularDeque, no more than that."
struct CircularBuffer{T} <: AbstractVector{T}
    capacity::Int64
    items::Vector{T}
    CircularBuffer{T}(n::Integer) where {T} = new{T}(n, T[])
end
CircularBuffer(n::Integer) = CircularBuffer{Any}(n)
struct CircularDeque{T}
    capacity::Int64
    items::Vector{T}
    CircularDeque{T}(n::Integer) where {T} = new{T}(n, T[])
end
const Circular = Union{CircularBuffer,CircularDeque}
capacity(b::Circular) = b.capacity
isfull(b::Circular) = length(b.items) == b.capacity
Base.size(b::CircularBuffer) = size(b.items)
Base.getindex(b::CircularBuffer, i::Int64) = b.items[i]
Base.setindex!(b::CircularBuffer, v, i::Int64) = (b.items[i] = v; b)
Base.push!(b::CircularBuffer, x) = (isfull(b) && popfirst!(b.items); push!(b.items, x); b)
Base.pushfirst!(b::CircularBuffer, x) = (isfull(b) && pop!(b.items); pushfirst!(b.items, x); b)
Base.append!(b::CircularBuffer, xs) = (foreach(x -> push!(b, x), xs); b)
Base.pop!(b::Circular) = isempty(b.items) ? throw(ArgumentError("array must be non-empty")) : pop!(b.items)
Base.popfirst!(b::Circular) = isempty(b.items) ? throw(ArgumentError("array must be non-empty")) : popfirst!(b.items)
Base.empty!(b::Circular) = (empty!(b.items); b)
Base.length(b::CircularDeque) = length(b.items)
Base.isempty(b::CircularDeque) = isempty(b.items)
Base.getindex(b::CircularDeque, i::Integer) = b.items[i]
Base.iterate(b::CircularDeque, state...) = iterate(b.items, state...)
Base.first(b::CircularDeque) = first(b.items)
Base.last(b::CircularDeque) = last(b.items)
Base.push!(b::CircularDeque, x) = (room(b); push!(b.items, x); b)
Base.pushfirst!(b::CircularDeque, x) = (room(b); pushfirst!(b.items, x); b)
room(b) = isfull(b) ? error("CircularDeque is full") : nothing

# ---- Heaps

"Moves what stands at `k` up, or down, to where it belongs; `moved` is told of every place."
function rise!(v, k, order, moved)
    x = v[k]
    while k > 1 && lt(order, x, v[k>>1])
        v[k] = v[k>>1]
        moved(v[k], k)
        k >>= 1
    end
    v[k] = x
    moved(x, k)
end
function sink!(v, k, order, moved)
    x, n = v[k], length(v)
    while 2k <= n
        child = 2k < n && lt(order, v[2k+1], v[2k]) ? 2k + 1 : 2k
        lt(order, v[child], x) || break
        v[k] = v[child]
        moved(v[k], k)
        k = child
    end
    v[k] = x
    moved(x, k)
end
unnoticed(x, k) = nothing
heapify!(v::AbstractVector, order::Ordering=Forward) = (foreach(k -> sink!(v, k, order, unnoticed), div(length(v), 2):-1:1); v)
heapify(v::AbstractVector, order::Ordering=Forward) = heapify!(copy(v), order)
heappush!(v::AbstractVector, x, order::Ordering=Forward) = (push!(v, x); rise!(v, length(v), order, unnoticed); v)
function heappop!(v::AbstractVector, order::Ordering=Forward)
    x, y = v[1], pop!(v)
    isempty(v) || (v[1] = y; sink!(v, 1, order, unnoticed))
    x
end
isheap(v::AbstractVector, order::Ordering=Forward) = all(k -> !lt(order, v[k], v[k>>1]), 2:length(v))
struct BinaryHeap{T,O<:Ordering}
    ordering::O
    valtree::Vector{T}
    BinaryHeap{T,O}(order, v) where {T,O} = new{T,O}(order, v)
end
const BinaryMinHeap{T} = BinaryHeap{T,Base.Order.ForwardOrdering}
const BinaryMaxHeap{T} = BinaryHeap{T,Base.Order.ReverseOrdering{Base.Order.ForwardOrdering}}
heap(::Type{T}, order::O, v) where {T,O} = BinaryHeap{T,O}(order, heapify!(convert(Vector{T}, copy(v)), order))
BinaryMinHeap{T}() where {T} = heap(T, Forward, T[])
BinaryMaxHeap{T}() where {T} = heap(T, Reverse, T[])
BinaryMinHeap{T}(v::AbstractVector) where {T} = heap(T, Forward, v)
BinaryMaxHeap{T}(v::AbstractVector) where {T} = heap(T, Reverse, v)
BinaryMinHeap(v::AbstractVector{T}) where {T} = heap(T, Forward, v)
BinaryMaxHeap(v::AbstractVector{T}) where {T} = heap(T, Reverse, v)
BinaryHeap(order::Ordering, v::AbstractVector{T}) where {T} = heap(T, order, v)
BinaryHeap{T}(order::Ordering, v::AbstractVector=T[]) where {T} = heap(T, order, v)
const MutableBinaryMinHeap = BinaryMinHeap
Base.length(h::BinaryHeap) = length(h.valtree)
Base.isempty(h::BinaryHeap) = isempty(h.valtree)
Base.eltype(::Type{<:BinaryHeap{T}}) where {T} = T
Base.push!(h::BinaryHeap, x) = (heappush!(h.valtree, x, h.ordering); h)
Base.pop!(h::BinaryHeap) = isempty(h) ? throw(ArgumentError("heap must be non-empty")) : heappop!(h.valtree, h.ordering)
Base.first(h::BinaryHeap) = h.valtree[1]
top(h::BinaryHeap) = first(h)
extract_all!(h::BinaryHeap) = [pop!(h) for _ in 1:length(h)]
extract_all_rev!(h::BinaryHeap) = reverse(extract_all!(h))

"Keys by the order of their values: the first comes out first."
struct PriorityQueue{K,V,O<:Ordering} <: AbstractDict{K,V}
    xs::Vector{Pair{K,V}}
    o::O
    index::Dict{K,Int64}
end
queue(::Type{K}, ::Type{V}, o::O) where {K,V,O} = PriorityQueue{K,V,O}(Pair{K,V}[], o, Dict{K,Int64}())
PriorityQueue(o::Ordering=Forward) = queue(Any, Any, o)
PriorityQueue{K,V}(o::Ordering=Forward) where {K,V} = queue(K, V, o)
PriorityQueue{K,V}(o::Ordering, pairs::Pair...) where {K,V} = queued(queue(K, V, o), pairs)
PriorityQueue{K,V}(pairs::Pair...) where {K,V} = queued(queue(K, V, Forward), pairs)
PriorityQueue{K,V}(itr) where {K,V} = queued(queue(K, V, Forward), itr)
PriorityQueue(pairs::Pair...) = PriorityQueue(Forward, pairs)
PriorityQueue(o::Ordering, pairs::Pair...) = PriorityQueue(o, pairs)
PriorityQueue(itr) = PriorityQueue(Forward, itr)
PriorityQueue(o::Ordering, itr) = typed(o, Dict(itr), itr)
typed(o, ::Dict{K,V}, itr) where {K,V} = queued(queue(K, V, o), itr)
queued(q, itr) = (foreach(p -> enqueue!(q, p[1], p[2]), itr); q)
by_value(q) = By(last, q.o)
tell(q) = (p, k) -> q.index[p.first] = k
Base.length(q::PriorityQueue) = length(q.xs)
Base.isempty(q::PriorityQueue) = isempty(q.xs)
Base.haskey(q::PriorityQueue, key) = haskey(q.index, key)
Base.getindex(q::PriorityQueue, key) = q.xs[q.index[key]].second
Base.get(q::PriorityQueue, key, default) = haskey(q, key) ? q[key] : default
Base.first(q::PriorityQueue) = first(q.xs)
Base.peek(q::PriorityQueue) = first(q)
function Base.setindex!(q::PriorityQueue{K,V}, v, key) where {K,V}
    haskey(q, key) || return enqueue!(q, key, v)
    k = q.index[key]
    old = q.xs[k].second
    q.xs[k] = Pair{K,V}(key, v)
    lt(q.o, old, v) ? sink!(q.xs, k, by_value(q), tell(q)) : rise!(q.xs, k, by_value(q), tell(q))
    q
end
function enqueue!(q::PriorityQueue{K,V}, key, v) where {K,V}
    haskey(q, key) && throw(ArgumentError("PriorityQueue keys must be unique"))
    push!(q.xs, Pair{K,V}(key, v))
    q.index[key] = length(q.xs)
    rise!(q.xs, length(q.xs), by_value(q), tell(q))
    q
end
enqueue!(q::PriorityQueue, p::Pair) = enqueue!(q, p.first, p.second)
Base.push!(q::PriorityQueue, p::Pair) = enqueue!(q, p.first, p.second)
function taken!(q, k)
    p, last_one = q.xs[k], pop!(q.xs)
    delete!(q.index, p.first)
    if k <= length(q.xs)
        q.xs[k] = last_one
        q.index[last_one.first] = k
        sink!(q.xs, k, by_value(q), tell(q))
        rise!(q.xs, q.index[last_one.first], by_value(q), tell(q))
    end
    p
end
dequeue_pair!(q::PriorityQueue) = isempty(q) ? throw(BoundsError(q.xs, (1,))) : taken!(q, 1)
dequeue!(q::PriorityQueue) = dequeue_pair!(q).first
dequeue!(q::PriorityQueue, key) = (taken!(q, q.index[key]); key)
Base.popfirst!(q::PriorityQueue) = dequeue_pair!(q)
Base.delete!(q::PriorityQueue, key) = (haskey(q, key) && taken!(q, q.index[key]); q)
Base.empty!(q::PriorityQueue) = (empty!(q.xs); empty!(q.index); q)
in_order(q) = sort(q.xs; order=by_value(q))
Base.iterate(q::PriorityQueue) = isempty(q) ? nothing : next_of(in_order(q), 1)
Base.iterate(q::PriorityQueue, state) = next_of(state...)
next_of(all, k) = k > length(all) ? nothing : (all[k], (all, k + 1))
end
