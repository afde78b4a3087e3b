/** DataStructures and OrderedCollections: dictionaries in order and with defaults, queues, heaps, counters, disjoint sets. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
using DataStructures, Enzyme, ForwardDiff
function through(x)
    d = OrderedDict(:a => x)
    d[:b] = d[:a]^2
    q = Queue{Float64}()
    enqueue!(q, d[:b])
    dequeue!(q) * x
end
function by_rank(v)
    h = BinaryMinHeap(v)
    s = zero(eltype(v))
    for k in 1:length(v)
        s += k * pop!(h)^2
    end
    s
end
function cheapest(v)
    q = PriorityQueue{Int,eltype(v)}()
    for i in 1:length(v)
        q[i] = v[i]
    end
    dequeue_pair!(q)[2]^2
end
function lengths(n, edges)
    far = DefaultDict{Int,Float64}(Inf)
    far[1] = 0.0
    todo = PriorityQueue(1 => 0.0)
    while !isempty(todo)
        i = dequeue!(todo)
        for (a, b, w) in edges
            a == i && far[i] + w < far[b] && (far[b] = todo[b] = far[i] + w)
        end
    end
    [far[i] for i in 1:n]
end
`)

describe('dictionaries and sets', () => {
  shows(
    () => session,
    `
    repr(let d = OrderedDict(:b => 1, :a => 2); d[:c] = 3; delete!(d, :b); d[:b] = 4; (d, collect(keys(d)), first(d), d[:a], haskey(d, :z)); end) == "(OrderedDict(:a => 2, :c => 3, :b => 4), [:a, :c, :b], :a => 2, 2, false)" => true
    repr("text/plain", OrderedDict(2 => "x", 1 => "y")) == "OrderedDict{Int64, String} with 2 entries:\\n  2 => \\"x\\"\\n  1 => \\"y\\"" => true
    repr((OrderedDict(k => k^2 for k in 3:-1:1), sort(OrderedDict(2 => 1, 1 => 2)), merge(OrderedDict(:a => 1), OrderedDict(:z => 9)), filter(p -> p.second > 2, OrderedDict(:a => 1, :b => 3)))) == "(OrderedDict(3 => 9, 2 => 4, 1 => 1), OrderedDict(1 => 2, 2 => 1), OrderedDict(:a => 1, :z => 9), OrderedDict(:b => 3))" => true
    (OrderedDict(:a => 1, :b => 2) == Dict(:b => 2, :a => 1), OrderedDict{String,Int}(), pop!(OrderedDict(:a => 1), :a), get!(OrderedDict(:a => 1), :b, 7)) => (true, OrderedDict{String, Int64}(), 1, 7)
    OrderedDict(:a => 1)[:nope] => !KeyError: key :nope not found
    (collect(OrderedSet([3, 1, 3, 2])), 3 in OrderedSet([3]), collect(union(OrderedSet([3, 1]), [7])), collect(setdiff(OrderedSet([3, 1]), [3]))) => ([3, 1, 2], true, [3, 1, 7], [1])
    let d = DefaultDict{String,Int}(0); d["a"] += 1; (d["b"], length(d), d["a"]); end => (0, 2, 1)
    let d = DefaultDict{Int,Vector{Int}}(() -> Int[]); push!(d[1], 5); push!(d[1], 6); d[1]; end => [5, 6]
    (DefaultDict(1.5)["x"], DefaultDict{Int,Int}(k -> 2k; passkey=true)[4], collect(keys(DefaultOrderedDict(0, :b => 1, :a => 2)))) => (1.5, 8, [:b, :a])
    repr(let c = counter("hello"); (c['l'], c['z'], inc!(c, 'z'), sum(c), nlargest(c, 1), reset!(c, 'l'), c['l']); end) == "(2, 0, 1, 6, ['l' => 2], 2, 0)" => true
    repr((SortedDict(3 => "c", 1 => "a"), first(SortedDict(3 => "c", 1 => "a")), collect(SortedSet([3, 1, 2])))) == "(SortedDict(1 => \\"a\\", 3 => \\"c\\"), 1 => \\"a\\", [1, 2, 3])" => true
    `,
  )
})

describe('queues and heaps', () => {
  shows(
    () => session,
    `
    let s = Stack{Int}(); push!(s, 1); push!(s, 2); (first(s), collect(s), pop!(s), length(s)); end => (2, [2, 1], 2, 1)
    let q = Queue{Int}(); enqueue!(q, 1); push!(q, 2); (dequeue!(q), first(q), popfirst!(q), isempty(q)); end => (1, 2, 2, true)
    let d = Deque{Int}(); push!(d, 1); pushfirst!(d, 0); (repr(d), pop!(d), popfirst!(d)); end => ("Deque [[0, 1]]", 1, 0)
    pop!(Deque{Int}()) => !ArgumentError: Deque must be non-empty
    repr(let p = PriorityQueue("a" => 3, "b" => 1, "c" => 2); x = (peek(p), dequeue!(p)); p["a"] = 0; (x, dequeue_pair!(p), popfirst!(p), isempty(p)); end) == "((\\"b\\" => 1, \\"b\\"), \\"a\\" => 0, \\"c\\" => 2, true)" => true
    let p = PriorityQueue{Int,Float64}(Base.Order.Reverse); foreach(i -> enqueue!(p, i, sin(i)), 1:5); delete!(p, 1); [dequeue!(p) for _ in 1:4]; end => [2, 3, 4, 5]
    enqueue!(PriorityQueue(:a => 1), :a, 2) => !ArgumentError: PriorityQueue keys must be unique
    let h = BinaryMinHeap([3, 1, 2]); push!(h, 0); (pop!(h), first(h), extract_all!(h)); end => (0, 1, [1, 2, 3])
    let h = BinaryMaxHeap{Int}(); push!(h, 1); push!(h, 5); (first(h), first(BinaryHeap(Base.Order.By(x -> -x), [1, 2]))); end => (5, 2)
    (nlargest(2, [1, 5, 3]), nsmallest(2, [4, 1, 3]), isheap(heapify([3, 2, 1, 0])), heappop!(heappush!([1, 3], 0))) => ([5, 3], [1, 3], true, 0)
    let b = CircularBuffer{Int}(2); append!(b, [1, 2, 3]); (b, capacity(b), isfull(b), sum(b)); end => ([2, 3], 2, true, 5)
    let u = IntDisjointSet(4); union!(u, 1, 2); union!(u, 2, 3); (in_same_set(u, 1, 3), num_groups(u), in_same_set(u, 1, 4)); end => (true, 2, false)
    let s = DisjointSet(["a", "b", "c"]); union!(s, "a", "b"); (num_groups(s), in_same_set(s, "a", "b")); end => (2, true)
    lengths(3, [(1, 2, 4.0), (1, 3, 1.0), (3, 2, 2.0)]) => [0.0, 3.0, 1.0]
    `,
  )
})

describe('derivatives', () => {
  shows(
    () => session,
    `
    (autodiff(Reverse, through, Active, Active(3.0)), autodiff(Forward, through, Duplicated(3.0, 1.0)), ForwardDiff.derivative(x -> (d = OrderedDict(:a => x); d[:a]^3), 3.0)) => (((27.0,),), (27.0,), 27.0)
    (Enzyme.gradient(Reverse, by_rank, [3.0, 1.0, 2.0])[1], ForwardDiff.gradient(by_rank, [3.0, 1.0, 2.0])) => ([18.0, 2.0, 8.0], [18.0, 2.0, 8.0])
    (Enzyme.gradient(Reverse, cheapest, [3.0, 1.0, 2.0])[1], ForwardDiff.gradient(cheapest, [3.0, 1.0, 2.0])) => ([0.0, 2.0, 0.0], [0.0, 2.0, 0.0])
    Enzyme.gradient(Reverse, w -> lengths(3, [(1, 2, w[1]), (1, 3, w[2]), (3, 2, w[3])])[2], [4.0, 1.0, 2.0])[1] => [0.0, 1.0, 1.0]
    `,
  )
})
