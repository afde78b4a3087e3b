/** Ranges under arithmetic, slices, reductions into arrays, dictionaries, sets, iterators and `missing` against what Julia gives. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
using LinearAlgebra
struct Fib; n::Int; end
Base.iterate(f::Fib, (a, b, k)=(1, 1, 1)) = k > f.n ? nothing : (a, (b, a + b, k + 1))
Base.length(f::Fib) = f.n
mutable struct Chained; v; next; Chained(v) = new(v); end
struct Chosen; v::Vector{Int}; end
Base.deepcopy_internal(c::Chosen, seen::IdDict) = Chosen([0])
counter() = (n = 0; () -> (n += 1))
kwargs(; kws...) = string(kws)
struct OwnSet{T} <: AbstractSet{T}; v::Vector{T}; end
Base.iterate(s::OwnSet, state...) = iterate(s.v, state...)
Base.length(s::OwnSet) = length(s.v)
Base.in(x, s::OwnSet) = x in s.v
struct OwnVec <: AbstractVector{Float64}; x::Vector{Float64}; end
Base.size(v::OwnVec) = size(v.x)
Base.getindex(v::OwnVec, i::Int) = v.x[i]
Base.setindex!(v::OwnVec, y, i::Int) = (v.x[i] = y)
Base.similar(v::OwnVec, ::Type{T}, d::Dims) where {T} = OwnVec(zeros(d...))
Base.resize!(v::OwnVec, n::Integer) = (resize!(v.x, n); v)
`)

describe('ranges by keywords, by index and under arithmetic', () => {
  shows(
    () => session,
    `
    range(0, stop=1, length=5) => 0.0:0.25:1.0
    range(1, length=5) => 1:5
    range(1, step=2, length=5) => 1:2:9
    range(stop=10, step=2, length=3) => 6:2:10
    range(stop=5) => Base.OneTo(5)
    range(0, 1, length=0) => 0.0:-1.0:1.0
    range(1, 2, length=3, step=0.5) => !ArgumentError: cannot construct range from arguments
    collect(0.1f0:0.1f0:1), (0f0:0.01f0:1f0)[30], collect(Float16(-1):Float16(0.5):0) => (Float32[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0], 0.29f0, Float16[-1.0, -0.5, 0.0])
    collect(-0.3:0.1:0.3), (0:0.1:1e5)[end-1], values(1.5) => ([-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3], 99999.9, 1.5)
    LinRange{Float32}(0, 1, 3) => LinRange{Float32}(0.0f0, 1.0f0, 3)
    LinRange(0, 1, 5)[2:3] => LinRange{Float64}(0.25, 0.5, 2)
    LinRange(1, 2, 1) => !ArgumentError
    StepRangeLen(1.0, 0.5, 3) => 1.0:0.5:2.0
    typeof(0:0.1:1) => StepRangeLen{Float64, Base.TwicePrecision{Float64}, Base.TwicePrecision{Float64}, Int64}
    typeof(Base.OneTo(3)) => Base.OneTo{Int64}
    (0:0.1:1)[2:4] => 0.1:0.1:0.3
    (0:0.1:1)[9:-2:3] => 0.8:-0.2:0.2
    (1:2:9)[2:3] => 3:2:5
    (1:5)[6] => !BoundsError: attempt to access 5-element UnitRange{Int64} at index [6]
    (1:5)[2:6] => !BoundsError: attempt to access 5-element UnitRange{Int64} at index [2:6]
    (1:3) * 2, 2 * (1:3) => (2:2:6, 2:2:6)
    (1:3) / 2 => 0.5:0.5:1.5
    (1:3) .+ 0.5 => 1.5:1.0:3.5
    (1:3) .* 0.1 => 0.1:0.1:0.3
    1 .+ (0:0.1:0.5), (0.1:0.1:0.5) .- 0.1, 0.5 .+ π / 2 * (1:3) => (1.0:0.1:1.5, 0.0:0.1:0.4, 2.0707963267948966:1.5707963267948966:5.21238898038469)
    (0:0.1:0.3) .* 2 => 0.0:0.2:0.6
    (1:3) + (1:3) => 2:2:6
    (1:3) - (1:3) => StepRangeLen(0, 0, 3)
    1 .- (1:3) => 0:-1:-2
    intersect(1:2:9, 1:3:10) => 1:6:7
    sort(3:-1:1), float(1:3) => (1:1:3, 1.0:1.0:3.0)
    (0.1 + eps(0.1):0.1:0.3) |> length, (0.1:0.1:prevfloat(0.3)) |> length, (0:0.1:2π)[4], (0:0.1:2)[4] => (2, 2, 0.30000000000000004, 0.3)
    range(0.1, π, length=7)[3:4], range(0, 2π, length=10)[3] => (1.1138642178632643:0.5069321089316322:1.6207963267948966, 1.3962634015954636)
    (0f0:0.0001f0:0.001f0)[[4, 11]], length(0f0:0.0001f0:0.001f0), sum(0:0.01:1), sum(0f0:0.1f0:1f0) => (Float32[0.00029999999, 0.0009999999], 11, 50.5, 5.5f0)
    sum(0x01:0xff), sum(1:2:9), sum(10:-3:1), sum(Int8(1):Int8(100)), sum(1:0) => (32640, 25, 22, 5050, 0)
    UnitRange{Int8}(1:3), UnitRange(1:1:3), StepRange(1:3), StepRangeLen{Float64}(1:3), LinRange(1:3) => (1:3, 1:3, 1:1:3, 1.0:1.0:3.0, LinRange{Float64}(1.0, 3.0, 3))
    Base.OneTo(1:3), Base.OneTo(3)[Base.OneTo(2)], convert(UnitRange{Float64}, 1:3), [1:2, 1:1:3] => (Base.OneTo(3), Base.OneTo(2), 1.0:3.0, StepRange{Int64, Int64}[1:1:2, 1:1:3])
    Base.OneTo(2:3) => !ArgumentError: first element must be 1, got 2
    range('a', length=3), range(1, length=-1) => !ArgumentError
    range('a', length=3) => 'a':1:'c'
    logrange(1, 100, 3) => [1.0, 10.0, 100.0]
    iterate(2:4), iterate(2:4, 4), iterate([5, 6]) => ((2, 2), nothing, (5, 2))
  `,
  )
})

describe('slices, views and shapes', () => {
  shows(
    () => session,
    `
    map(sum, eachslice(reshape(1:8, 2, 2, 2); dims=(1, 2))) => [6 10; 8 12]
    eachcol([1 2; 3 4]) isa AbstractVector, size(eachrow([1 2; 3 4])) => (true, (2,))
    let a = [1 2; 3 4]; eachcol(a)[1] .= 0; a end => [0 2; 0 4]
    typeof(view([1 2; 3 4], 1, :)) => SubArray{Int64, 1, Matrix{Int64}, Tuple{Int64, Base.Slice{Base.OneTo{Int64}}}, true}
    typeof(view([1 2; 3 4], 1:1, :)) => SubArray{Int64, 2, Matrix{Int64}, Tuple{UnitRange{Int64}, Base.Slice{Base.OneTo{Int64}}}, false}
    PermutedDimsArray([1 2; 3 4], (2, 1)) => [1 3; 2 4]
    PermutedDimsArray(reshape(1:6, 1, 2, 3), (3, 2, 1))[3, 2, 1] => 6
    let a = [1 2; 3 4]; PermutedDimsArray(a, (2, 1))[1, 2] = 9; a end => [1 2; 9 4]
    [1 2; 3 4][:, :, 1] => [1 2; 3 4]
    CartesianIndices((2, 3)) => CartesianIndices((2, 3))
    get([1, 2], 5, 0), get([1, 2], 1, 0) => (0, 1)
    Vector{Union{Nothing,Int}}(nothing, 2) => Union{Nothing, Int64}[nothing, nothing]
    reverse([1 2; 3 4]; dims=(1, 2)) => [4 3; 2 1]
    rotl90([1 2; 3 4], 2) => [4 3; 2 1]
    repeat([1, 2], outer=(1, 2)) => [1 1; 2 2]
    size(repeat([1 2], 1, 1, 2)) => (1, 2, 2)
    stack([[1 2; 3 4], [5 6; 7 8]]; dims=1)[1, :, :] => [1 2; 3 4]
    cumsum!(zeros(2, 2), [1 2; 3 4]; dims=1) => [1.0 2.0; 4.0 6.0]
    accumulate(+, (1, 2, 3)), accumulate!(+, zeros(3), [1, 2, 3]) => ((1, 3, 6), [1.0, 3.0, 6.0])
    diff(reshape(1:8, 2, 2, 2); dims=3) => [4 4; 4 4;;;]
    sort!([3 1; 2 4]; dims=1), partialsort!([3, 1, 2], 2) => ([2 1; 3 4], 2)
    findmax!(zeros(1, 3), fill(CartesianIndex(0, 0), 1, 3), [1.0 5 2; 3 4 9]), count!(iseven, [0 0], [1 2; 4 6]), maximum!(abs, [0, 0], [1 -2; -4 3]) => (([3.0 5.0 9.0], CartesianIndex{2}[CartesianIndex(2, 1) CartesianIndex(1, 2) CartesianIndex(2, 3)]), [1 2], [2, 4])
    findmax(reshape([1, 5, 5, 2, 3, 7, 7, 0], 2, 2, 2); dims=(1, 2))[2], findmin(abs, [-3 1; 2 -1]; dims=1), findmax([1 3; 2 4]; dims=())[1] => (CartesianIndex{3}[CartesianIndex(2, 1, 1);;; CartesianIndex(2, 1, 2)], ([2 1], CartesianIndex{2}[CartesianIndex(2, 1) CartesianIndex(1, 2)]), [1 3; 2 4])
    reduce(*, ()) => !ArgumentError: reducing over an empty collection
    sum(Union{}[]) => !ArgumentError: reducing over an empty collection
    mapreduce(abs2, *, Float64[]), maximum(abs, Int32[]), sum(abs2, Int8[]) => (1.0, 0, 0)
    cumsum(ones(2, 2); dims=0) => !ArgumentError: dims must be a positive integer
    sum!([0, 0], [1 2; 3 4]), sum!([0 0], [1 2; 3 4]) => ([3, 7], [4 6])
    maximum!([0, 0], [1 2; 3 4]), prod!([1 1], [1 2; 3 4]; init=false) => ([2, 4], [3 8])
    sum!([0, 0, 0], [1 2; 3 4]) => !DimensionMismatch
    findmax(Dict(:a => 1, :b => 2)), findall(>(1), Dict(:a => 1, :b => 2)) => ((2, :b), [:b])
    findfirst([1 2; 3 4] .== 3) => CartesianIndex(2, 1)
    unique([1 2; 1 2]; dims=1) => [1 2]
    let a = [1, 2, 3]; splice!(a, 2, [7, 8]), a end => (2, [1, 7, 8, 3])
    [1, 2] + [1, 2, 3] => !DimensionMismatch: dimensions must match: a has dims (Base.OneTo(2),), b has dims (Base.OneTo(3),), mismatch at 1
    let a = [1, 2, 3, 4]; b = reshape(view(a, 1:4), 2, 2); b[1, 2] = 9; a end => [1, 2, 9, 4]
    let a = [1 2; 3 4]; b = vec(a'); b[2] = 9; a end => [1 9; 3 4]
    let a = zeros(2, 3); vec(@view a[:, 2:3]) .= 1:4; a end => [0.0 1.0 3.0; 0.0 2.0 4.0]
    reshape(view([1, 2, 3, 4], 1:4), 3, 2) => !DimensionMismatch
    BitVector([1, 0]), BitVector(undef, 2) isa BitVector, ([1, 2] .> 1) isa BitVector => (Bool[1, 0], true, true)
    filter(isodd, (1, 2, 3)), replace(x -> 2x, [1, 2]) => ((1, 3), [2, 4])
  `,
  )
})

describe('dictionaries, sets and sequences', () => {
  shows(
    () => session,
    `
    let d = Dict(:a => 1); empty!(d); d[:b] = 2; length(d), haskey(d, :a), d[:b] end => (1, false, 2)
    convert(Dict{Int,Float64}, Dict()), convert(Dict{Symbol,Float64}, Dict(:a=>1))[:a], convert(Set{Float64}, Set([1])) => (Dict{Int64, Float64}(), 1.0, Set([1.0]))
    let d = Dict{Symbol,Vector{Int}}(); push!(get!(Vector{Int}, d, :a), 1); d[:a], get(Vector{Int}, d, :b) end => ([1], Int64[])
    first(Iterators.countfrom(3), 2), first((i^2 for i in 1:10), 3) => ([3, 4], [1, 4, 9])
    merge(Dict(:a => 1), Dict(:b => 2), Dict(:c => 3))[:c], mergewith!(+, Dict(:a => 1), Dict(:a => 2))[:a] => (3, 3)
    let a = [1], b = [1], c = [2], d = IdDict(a => 1, b => 2, c => 3, 1 => 4); delete!(d, a); d[a] = 5; delete!(d, c); (d[a], d[b], d[1], haskey(d, c), length(d), haskey(empty!(d), a), (d[c] = 6; d[c])) end => (5, 2, 4, false, 3, false, 6)
    let a = [1], d = IdDict{Any,Any}(); d[a] = 1; haskey(d, a), haskey(d, [1]) end => (true, false)
    union([1], [2], [3]), intersect([1, 2], [2, 3], [2]), setdiff([1, 2, 3], [2], [3]) => ([1, 2, 3], [2], [1])
    symdiff([1, 2], [2, 3]), union!([1], [2]), filter(>(1), Set([1, 2])) => ([1, 3], [1, 2], Set([2]))
    symdiff!([1, 2], [2, 3]), union!(BitSet(1), [2], [3]), union(BitSet(1)), intersect(Set([1, 2]), [2.0]) => ([1, 3], BitSet([1, 2, 3]), BitSet([1]), Set([2.0]))
    length(Iterators.cycle(1:3, 2)), collect(Iterators.flatmap((a, b) -> [a, b], 1:2, 3:4)), length(Iterators.accumulate(+, 1:3)) => (6, [1, 3, 2, 4], 3)
    Iterators.take(1:3, -1) => !ArgumentError: Take length must be non-negative
    insorted(-2, [1, -2]; by=abs), insorted(2, 3:-1:1; rev=true), isunordered(NaN), partialsortperm!([1, 2, 3], [3, 1, 2], 1:2) => (true, true, true, [2, 3])
    sortslices([7 3; -1 6; 9 -2]; dims=1, lt=(x, y) -> x[2] < y[2]) => [9 -2; 7 3; -1 6]
    (1.0,) < (NaN,), (-0.0, 1) < (0.0, 0), ismissing((1, missing) < (1, 2)), (1, missing) < (2, 3), circshift((1, 2, 3), 1) => (false, false, true, true, (3, 1, 2))
    (s = OwnSet([1, 2]); (union(s, [3]) isa Set, intersect(s, [2]), setdiff(s, [2]), symdiff(s, [2, 3]) == Set([1, 3]), filter(isodd, s), hash(s) == hash(Set([2, 1])))) => (true, Set([2]), Set([1]), true, Set([1]), true)
    (d = Base.ImmutableDict(:a => 1); (hash(d) == hash(Dict(:a => 1)), merge(d, Dict(:b => 2))[:b], mergewith(+, d, d)[:a], findfirst(==(1), d))) => (true, 2, 2, :a)
    (v = OwnVec([1.0, 2.0]); (append!(v, [3]).x, push!(v, 4).x, pop!(v), v[2:3] isa OwnVec, map(x -> 2x, v) isa OwnVec, v[v .> 1].x, (v .+ 1) isa Vector, pop!(push!(v, 5, 6)))) => ([1.0, 2.0, 3.0, 5.0], [1.0, 2.0, 3.0, 5.0], 4.0, true, true, [2.0, 3.0], true, 6.0)
    convert(Some{Float64}, Some(1)), true ⊽ false, 5 ⊼ 3, max(1) => (Some(1.0), false, -2, 1)
    allunique(abs, [1, -1]), allequal(abs, [1, -1]), allunique(vcat(1:100, 5)), ∋(1)([1, 2]), ∉(3)([1]) => (false, true, false, true, true)
    copy!(Set([9]), Set([1])), copy!(Dict{Any,Any}(9 => 8), Dict(1 => 2))[1], empty(Set([1]), Float64), similar(Dict(1 => 2)) => (Set([1]), 2, Set{Float64}(), Dict{Int64, Int64}())
    typeof(IdDict(i => "a" for i in 1:2)), typeof(filter(p -> p[2] > 1, IdDict(1 => 1, 2 => 2))), mergewith!(+)(Dict(1 => 2), Dict(1 => 3))[1], eachindex(Dict(1 => 2)) == Set(1) => (IdDict{Int64, String}, IdDict{Int64, Int64}, 5, true)
    eltype(1 => 2.0), Dict([1, 2]) => !ArgumentError: Dict(kv): kv needs to be an iterator of tuples or pairs
    map(identity, Set([1])) => !map is not defined on sets
    replace([1, 2], 1 => 3.0), replace([1], 1 => nothing), replace([1, missing], missing => 0), replace((1, 2, 1), 1 => 3; count=1), replace(x -> 2x, (1, 2)) => ([3.0, 2.0], Union{Nothing, Int64}[nothing], [1, 0], (3, 2, 1), (2, 4))
    replace([1, 2], 1 => 0; count=-1) => !DomainError
    deleteat!([1, 2, 3], [2, 1]) => !ArgumentError: indices must be unique and sorted
    splice!([1, 2, 3], [1, 3]), findall(>(1), (a=1, b=2)), reshape([1, 2], Val(2)), reshape([1 3; 2 4], Val(1)), nextind([1], 1), Base.copymutable(1:2) => ([1, 3], [:b], [1; 2;;], [1, 2, 3, 4], 2, [1, 2])
    Set([1]) ⊊ Set([1, 2]), pop!(Set([1])) => (true, 1)
    collect(Iterators.dropwhile(<(3), 1:5)), collect(Iterators.rest([1, 2, 3], 2)) => ([3, 4, 5], [2, 3])
    collect(Iterators.cycle([1, 2], 2)), collect(Iterators.accumulate(+, [1, 2, 3])) => ([1, 2, 1, 2], [1, 3, 6])
    let s = Iterators.Stateful(1:3); popfirst!(s), peek(s), collect(s) end => (1, 2, [2, 3])
    [x * y for x in Fib(3), y in 1:2], collect(Iterators.product(Iterators.filter(isodd, 1:3), "ab")) => ([1 2; 1 2; 2 4], [(1, 'a'), (3, 'a'), (1, 'b'), (3, 'b')])
    only(Iterators.filter(==(2), 1:3)), Iterators.nth(1:5, 2) => (2, 2)
    Base.IteratorSize([1]), Base.IteratorSize(x for x in 1:3 if true) => (Base.HasShape{1}(), Base.SizeUnknown())
    let a = [1, 2, 3]; r = Ref(a, 2); r[] = 9; a end => [1, 9, 3]
    (a=1, b=2)[(:b,)], Base.setindex((a=1,), 2, :a), Base.structdiff((a=1, b=2), (a=1,)) => ((b = 2,), (a = 2,), (b = 2,))
    something(nothing) => !ArgumentError: No value arguments present
    Some(1), eltype((1, 2.0)) => (Some(1), Real)
  `,
  )
})

describe('nothing and missing', () => {
  shows(
    () => session,
    `
    [1, nothing] => Union{Nothing, Int64}[1, nothing]
    (1, missing) == (1, missing), (missing, 1) == (missing, 2), (a=missing,) == (a=1,), (missing => 1) == (missing => 2), 1:3 == [1, missing, 3] => (missing, false, missing, false, missing)
    argmin([1, missing, 0]), findmin([3.0, missing]), argmax([missing, 1]), isapprox(1.0, missing) => (2, (missing, 2), 1, missing)
    [1, 2.5, missing] => Union{Missing, Float64}[1.0, 2.5, missing]
    (nt = (a=1,); (get(() -> 5, nt, :b), get(nt, 1, 0), haskey(nt, 1), haskey(nt, 2))) => (5, 1, true, false)
    NamedTuple{(:a, :b)}((1, 2, 3)) => !ArgumentError: Wrong number of arguments to named tuple constructor.
    Base.tail(()) => !ArgumentError: Cannot call tail on an empty tuple.
    [1, missing] .+ 1 => Union{Missing, Int64}[2, missing]
    coalesce.([1, missing], 0), isnothing.([1, nothing]) => ([1, 0], Bool[0, 1])
    collect(skipmissing([1, missing])), sum(skipmissing([1.0, missing, 2.0])) => ([1], 3.0)
    missing & false, missing | true, sin(missing), missing < 1 => (false, true, missing, missing)
    any([missing, true]), all([missing, true]), any([missing, false]) => (true, missing, missing)
    [1, missing] == [1, missing], isequal([1, missing], [1, missing]) => (missing, true)
    let a = Union{Missing,Float64}[1.0, missing]; a[2] = 2; a end => Union{Missing, Float64}[1.0, 2.0]
    (s = Int[]; for n in (10i + j for i in 1:3 for j in 1:i if j != 2) push!(s, n) end; s) => [11, 21, 31, 33]
    (s = Any[]; for (a, b) in ((i, x) for i in 1:2 for x in (:u, 2.5)) push!(s, a, b) end; s), first(Iterators.flatten(((), (1, 2)))), iterate(Iterators.flatten(())) => (Any[1, :u, 1, 2.5, 2, :u, 2, 2.5], 1, nothing)
    nonmissingtype(Union{Int,Missing}), typejoin(Int, Float64), typejoin(Vector{Int}, Vector{Float64}) => (Int64, Real, Vector)
    isbits(1), isbits([1]), isbits((1, 2.0)) => (true, false, true)
  `,
  )
})

describe('keys and values of dictionaries, and pairs', () => {
  shows(
    () => session,
    `
    keys(Dict("a" => 1)) == Set(["a"]), keys(Dict(:a => 1)) ∩ [:a, :b] => (true, Set([:a]))
    union(keys(Dict(1 => 2)), 3), keys(Dict(1 => 2)), values(Dict(1 => 2)) => (Set([1, 3]), [1], [2])
    typeof(keys(Dict("a" => 1))) => Base.KeySet{String, Dict{String, Int64}}
    repr("text/plain", keys(Dict("a" => 1))) => "KeySet for a Dict{String, Int64} with 1 entry. Keys:\\n  \\"a\\""
    let d = Dict(1 => 2, 3 => 4); for k in keys(d); delete!(d, k); end; d end => Dict{Int64, Int64}()
    let d = Dict(1 => 2.0); (1 in keys(d), 2 in values(d), sum(values(d)), eltype(values(d)), values(d) .+ 1) end => (true, true, 2.0, Float64, [3.0])
    repr(pairs([4, 5])) == "Base.Pairs(1 => 4, 2 => 5)", repr("text/plain", pairs([4])) == "pairs(::Vector{Int64}) with 1 entry:\\n  1 => 4" => (true, true)
    zip(1:2, "ab"), sin ∘ cos, Base.Fix1(+, 1) => (zip(1:2, "ab"), sin ∘ cos, Base.Fix1{typeof(+), Int64}(+, 1))
    nothing_of_this_name => !UndefVarError: \`nothing_of_this_name\` not defined in \`Main\`
    (() -> (if false; q = 1; end; q))() => !UndefVarError: \`q\` not defined in local scope
    typeof(Dict(1 => 1, 2.0 => 2)), typeof(Dict("a" => 1, "b" => 2.0)), Dict("a" => 1, "b" => 2.0)["a"] => (Dict{Real, Int64}, Dict{String, Real}, 1)
    hash(Set([1, 2])) == hash(Set([2, 1])), Dict(Set([1, 2]) => 5)[Set([2, 1])], Set([Dict(1 => 2), Dict(1 => 2)]) |> length => (true, 5, 1)
    eltype(zip(1:2, "ab")), eltype(enumerate([1.0])), collect(zip(1:2, "ab")) => (Tuple{Int64, Char}, Tuple{Int64, Float64}, [(1, 'a'), (2, 'b')])
    eltype(split("a b")) == SubString{String}, SubString("hello", 2, 3) isa SubString{String}, 5 isa SubString, SubString{String}["a"] => (true, true, false, SubString{String}["a"])
    thisind("é", 2), nextind("éa", 2), isvalid("é", 2), isvalid("a") => (1, 3, false, true)
    Rational(0.5), Rational(-0.75), bitstring(1.0)[1:4], [1 // 2, 3] => (1//2, -3//4, "0011", Rational{Int64}[1//2, 3])
    sum([]) => !MethodError: no method matching zero(::Type{Any})
    reduce(+, []) => !MethodError: no method matching zero(::Type{Any})
    reduce(*, String[]) => ""
  `,
  )
})

describe('extremes and orders of what is no vector', () => {
  shows(
    () => session,
    `
    findmax((a=1, b=3)), argmin((a=1, b=3)), argmax((5, 7)) => ((3, :b), :a, 2)
    sortperm([2 1; 3 4]; dims=2), sortperm([2 1; 1 4]; dims=1) => ([3 1; 2 4], [2 3; 1 4])
    extrema(abs, [-3, 1]; init=(5, 0)), extrema([1 2; 3 0]; dims=2, init=(9, -9)), extrema(Int[]; init=(1, 2)) => ((1, 3), [(1, 2); (0, 3);;], (1, 2))
    (d = Dict(i => i for i in 1:30000); for i in 1:30000 delete!(d, i) end; length(d)) => 0
    (s = Set(1:6); for k in s; isodd(k) && delete!(s, k) end; sort(collect(s))) => [2, 4, 6]
  `,
  )
})

describe('sequences that a program defines, taken apart', () => {
  shows(
    () => session,
    `
    collect(Iterators.drop(Fib(4), 1)), collect(Iterators.peel(Fib(4))[2]) => ([1, 2, 3], [1, 2, 3])
    first.(collect(Iterators.partition(Fib(5), 2))), collect(Iterators.partition("abc", 2)) => ([1, 2, 5], SubString{String}["ab", "c"])
    collect(Iterators.take(Iterators.cycle(Fib(3)), 5)), length(Iterators.take(Fib(5), 3)), length(Iterators.drop(Fib(5), 3)) => ([1, 1, 2, 1, 1], 3, 2)
    sum(length, Iterators.flatten((a, [1.0]) for a in [ones(2, 2), ones(3, 2)])) => 12
    let s = Iterators.Stateful([1, 1, 2, 3]); for x in s; x == 1 || break; end; collect(s) end => [3]
    let io = IOBuffer("a\\nb\\n"); for line in eachline(io); break; end; readline(io) end => "b"
    length(zip(Iterators.countfrom(1), 1:3)), length(Iterators.take(Iterators.countfrom(1), 4)) => (3, 4)
    length(zip(Iterators.cycle(1:2))) => !ArgumentError: iterator is of undefined length
    Base.IteratorSize(Iterators.drop(Iterators.countfrom(1), 3)) isa Base.IsInfinite => true
    Base.IteratorSize(Iterators.product([1, 2], [1 2])), Base.IteratorSize(zip([1 2], [3 4])) => (Base.HasShape{3}(), Base.HasShape{2}())
    length(Iterators.flatten(zip(1:3, 4:6))), eltype(Iterators.flatten(([1], [2.0]))) => (6, Real)
    Iterators.partition(1:3, 0) => !ArgumentError: cannot create partitions of length 0
    Iterators.reverse(1:3), collect(Iterators.reverse(Iterators.filter(isodd, 1:5))) => (3:-1:1, [5, 3, 1])
    collect(Iterators.reverse(Iterators.flatten([[1, 2], [3]]))), Iterators.reverse(Iterators.reverse([1])) => ([3, 2, 1], [1])
    collect(Base.Generator(+, [1, 2], [10, 20])), ndims(i + j for i in 1:2, j in 1:3) => ([11, 22], 2)
    first.(collect(pairs([1 2]))), first.(collect(pairs("βa"))) => (CartesianIndex{2}[CartesianIndex(1, 1) CartesianIndex(1, 2)], [1, 3])
    typeof(collect(zip((1.5, 2, 3.0), [1, 2, 3]))), typeof(indexin([1], [1])) => (Vector{Tuple{Real, Int64}}, Vector{Union{Nothing, Int64}})
    invperm([1, 1]) => !ArgumentError: argument is not a permutation
    permutedims(ones(2, 2, 2), (1, 2, 2)) => !ArgumentError: no valid permutation of dimensions
    dropdims(ones(1, 2, 1); dims=(1, 1)) => !ArgumentError: dropped dims must be unique
    keys(skipmissing([missing, 1])) |> collect, argmax(skipmissing([1, missing, 3])) => ([2], 3)
    count(isodd, [1, 3]; init=1), digits!([0, 0, 0], 12), digits(UInt8, 5) => (3, [2, 1, 0], UInt8[0x05])
    strides(view(ones(4, 4), 2:3, :)), stride(view(ones(4, 4), 1:2:3, 2), 1) => ((1, 4), 2)
    retry(() -> 1)(), retry(() -> error("r"); delays=[0.0])() => !r
    collect(Iterators.take(Iterators.Stateful([5, 6, 7]), 2)), [length(x) for x in Iterators.partition(1:10, 4)] => ([5, 6], [4, 4, 2])
    occursin("Base.Pairs{Symbol, Any, Tuple{Symbol, Symbol}, @NamedTuple{a::Int64, b::String}}(", kwargs(a=1, b="x")), startswith(kwargs(a=1), "Base.Pairs(") => (true, true)
    kwargs() => "Base.Pairs{Symbol, Union{}, Tuple{}, @NamedTuple{}}()"
    eltype(collect(pairs((a=1, b="x")))), eltype(collect(pairs((a=1, b=2)))) => (Pair{Symbol, Any}, Pair{Symbol, Int64})
    circshift(trues(2, 1), (1, 0)), circshift([true false], 1), permutedims(trues(2, 3), (2, 1)) |> size, trues(2, 2) * [1 2; 3 4] => (Bool[1; 1;;], Bool[1 0], (3, 2), [4 6; 4 6])
  `,
  )
})

describe('orders as objects, and slices of any rank', () => {
  shows(
    () => session,
    `
    sort([3, 1, 2]; order=Base.Order.Reverse), sort(["bb", "a"]; order=Base.Order.By(length)), sort([3, 1, 2]; rev=true, order=Base.Order.Reverse) => ([3, 2, 1], ["a", "bb"], [1, 2, 3])
    searchsortedfirst([3, 2, 1], 2, Base.Order.Reverse), sortperm([3, 1, 2]; order=Base.Order.Reverse), sort!([2, 1], Base.Order.Forward) => (2, [1, 3, 2], [1, 2])
    mapslices(sum, reshape(collect(1:8), 2, 2, 2); dims=3)[:, :, 1], mapslices(v -> [sum(v), 1], reshape(collect(1:8), 2, 2, 2); dims=1)[:, 1, 2] => ([6 10; 8 12], [11, 1])
    mapslices(x -> x ./ sum(x), reshape(1.0:8, 2, 2, 2); dims=(1, 2))[:, :, 1], mapslices(sum, [1, 2, 3]; dims=1), sort(reshape(8:-1:1, 2, 2, 2); dims=3)[:, :, 1] => ([0.1 0.3; 0.2 0.4], [6], [4 2; 3 1])
  `,
  )
})

describe('what was never set', () => {
  shows(
    () => session,
    `
    Vector{String}(undef, 2), Vector{Symbol}(undef, 1), Matrix{Vector{Int}}(undef, 1, 1) => ([#undef, #undef], [#undef], [#undef;;])
    Vector{String}(undef, 1)[1] => !UndefRefError: access to undefined reference
    (v = similar(["a"], 2); v[2] = "b"; (isassigned(v, 1), isassigned(v, 2), isassigned(v, 3))) => (false, true, false)
    resize!(["a"], 2)[2] => !UndefRefError
    (r = Ref{String}(); (isassigned(r), (r[] = "x"; r[]), isassigned(r), isassigned(Ref{Int}()))) => (false, "x", true, true)
    Ref{Vector{Int}}()[] => !UndefRefError
    isbitstype(Tuple{Int,Float64}), isbitstype(Tuple{Int,String}) => (true, false)
  `,
  )
})

describe('indices by the style of an array', () => {
  shows(
    () => session,
    `
    eachindex([1 2; 3 4]'), eachindex(view([1 2; 3 4], 1:1, 1:2)), eachindex(view([1 2; 3 4], :, 1:1)) => (CartesianIndices((2, 2)), CartesianIndices((1, 2)), Base.OneTo(2))
    eachindex([1 2; 3 4], [1 2; 3 4]'), eachindex([1 2; 3 4], [1 2; 3 4]) => (CartesianIndices((2, 2)), Base.OneTo(4))
    eachindex([1], [1, 2]) => !DimensionMismatch: all inputs to eachindex must have the same indices, got Base.OneTo(1) and Base.OneTo(2)
    lastindex([1 2; 3 4]'), [1 2; 3 4]'[end], IndexStyle([1 2; 3 4], [1 2; 3 4]') => (4, 4, IndexCartesian())
  `,
  )
})

describe('sets of integers, dictionaries that only grow, and parts replaced', () => {
  shows(
    () => session,
    `
    (s = BitSet([3, 1, 3]); push!(s, 2); (s, 3 in s, length(s), collect(setdiff(s, [1])), s == BitSet(1:3))) => (BitSet([1, 2, 3]), true, 3, [2, 3], true)
    replace(Dict(1 => 2), (1 => 2) => (1 => 3))[1], replace(Set([1, 2]), 1 => 3) == Set([3, 2]), replace([1, 1], 1 => 2; count=1) => (3, true, [2, 1])
    (d = Base.ImmutableDict(:a => 1, :b => 2); (d[:a], length(d), haskey(d, :c), map(first, collect(d)))) => (1, 2, false, [:b, :a])
    isequal(Dict(1 => NaN), Dict(1 => NaN)), Dict(1 => missing) == Dict(1 => missing), Set([1]) < Set([1, 2]), Base.in!(1, Set([1])) => (true, missing, true, true)
    Tuple(reverse(1 => 2)), issorted((1, 2, 3)), Iterators.peel(Int[]), size(zip(1:3, 1:2)), reverse((a=1, b=2)), Base.tail((a=1, b=2)) => ((2, 1), true, nothing, (2,), (b = 2, a = 1), (b = 2,))
    convert(NamedTuple{(:a,),Tuple{Float64}}, (a=1,)), isless((a=1,), (a=2,)), [c for c in 'a'], typemax(Char) => ((a = 1.0,), true, ['a'], '\\U10ffff')
    v"1.0-rc1" < v"1.0", v"1.2.3-a.1+b", VersionNumber("1.2"), v"1.0+b" > v"1.0", tryparse(VersionNumber, "x") => (true, v"1.2.3-a.1+b", v"1.2.0", true, nothing)
    lazy"a$(1 + 1)", hex2bytes("01ff"), escape_string("a\\"b"), summary("ab"), nextprod((2, 3), 7), trailing_ones(7) => ("a2", UInt8[0x01, 0xff], "a\\\\\\"b", "2-codeunit String", 8, 3)
    include_string(Main, "error(1)") => !LoadError: 1
  `,
  )
})

describe('references and dictionaries that hold their keys weakly', () => {
  shows(
    () => session,
    `
    WeakRef([1]), WeakRef().value, WeakRef([1]) == [1], WeakRef([1]) == WeakRef([1]), hash(WeakRef(2)) == hash(2) => (WeakRef([1]), nothing, true, true, true)
    (k = [1]; d = WeakKeyDict(k => 2); (d[k], haskey(d, [1]), get(d, [3], 0), length(d), repr(d) == "WeakKeyDict([1] =" * "> 2)")) => (2, true, 0, 1, true)
    (d = WeakKeyDict{Any, Int}(); d[:a] = 1; d["b"] = 2; get!(d, [3], 4); delete!(d, :a); (sum(values(d)), length(keys(d)), typeof(d))) => (6, 2, WeakKeyDict{Any, Int64})
    WeakKeyDict(1 => 2) => !objects of type Int64 cannot be finalized
    WeakKeyDict{String, Int}(:a => 2) => !ArgumentError: :a is not a valid key for type String
    WeakKeyDict(), isempty(WeakKeyDict()), WeakKeyDict([[1] => 2, [3] => 4])[[3]] => (WeakKeyDict{Any, Any}(), true, 4)
    `,
  )
})

describe('tuples and sequences of a program, where something is missing or picked', () => {
  shows(
    () => session,
    `
    1 in (missing, 2), 2 in (missing, 2), 1 in [missing, 2], any((missing, true)), all((missing, true)), missing in [1] => (missing, true, missing, true, missing, missing)
    (5, 6, 7)[[true, false, true]], prod(()), empty((1, 2)), findnext(>(1), (1, 2, 3), 3), findprev(==(1), (1, 2, 1), 2) => ((5, 7), 1, (), 3, 1)
    Tuple(Fib(3)), argmax(x -> -x, Fib(4)), argmin(x -> -x, Fib(4)) => ((1, 1, 2), 1, 3)
    (b = IOBuffer("hello"); seek(b, 2); (read(b, 2) == UInt8['l', 'l'], read(b, String), take!(IOBuffer()))) => (true, "o", UInt8[])
  `,
  )
})

describe('deep copies', () => {
  shows(
    () => session,
    `
    let a = [1], t = deepcopy((a, a, [a])); t[1] === t[2], t[1] === t[3][1], t[1] === a end => (true, true, false)
    let a = Any[1]; push!(a, a); b = deepcopy(a); b[2] === b, b === a end => (true, false)
    let c = Chained([1]); c.next = c; d = deepcopy(c); d.next === d, d.v == c.v, d.v === c.v end => (true, true, false)
    isdefined(deepcopy(Chained(1)), :next) => false
    let a = Vector{Vector{Int}}(undef, 2); a[1] = [1]; b = deepcopy(a); isassigned(b, 2), b[1] end => (false, [1])
    let a = [1], d = deepcopy(Dict(:x => a, :y => a)); d[:x] === d[:y], d[:x] === a end => (true, false)
    deepcopy(Set([[1], [2]])) == Set([[2], [1]]) => true
    deepcopy((Chosen([1]), [Chosen([2])]))[2][1].v => [0]
    let f = counter(); f(); g = deepcopy(f); g(); (f(), g()) end => (2, 3)
    let a = [1.0], f = let a = a; () -> a end; deepcopy(f)() === a, f() === a end => (false, true)
    let a = Ref{Any}(nothing); a[] = a; b = deepcopy(a); b[] === b end => true
    let s = Base.IdSet{Any}(), a = [1]; push!(s, a); a in s, [1] in s, length(s) end => (true, false, 1)
  `,
  )
})

describe('blocks and hints', () => {
  shows(
    () => session,
    `
    copyto!(zeros(2, 2), CartesianIndices((1:2, 2:2)), [1 2; 3 4], CartesianIndices((1:2, 1:1))) => [0.0 1.0; 0.0 3.0]
    copyto!(zeros(2, 2), CartesianIndices((1:2, 2:2)), [1 2; 3 4], CartesianIndices((1:1, 1:2))) => !ArgumentError
    let a = [1.0], s = 0.0; GC.@preserve a begin s += a[1] end; s end => 1.0
    ntuple(i -> (Base.@_inline_meta; 2i), 2) => (2, 4)
    let A = fill([1.0 2; 3 4], 2, 1); A' * A, (A * [[1.0 0; 0 2]])[2], dot(A, A) end => ([[20.0 28.0; 28.0 40.0];;], [1.0 4.0; 3.0 8.0], 60.0)
    let t = ntuple(i -> i, Val(40)); sum(t), maximum(t), all(>(0), t), any(==(41), t), t == t, t == ntuple(i -> 1.0i, Val(40)) end => (820, 40, true, false, true, true)
    Base.FastMath.exp_fast(1.0), Base.FastMath.add_fast(1, 2, 3), Base.FastMath.lt_fast(1, 2) => (2.718281828459045, 6, true)
  `,
  )
})
