/** Base's ranges, tuples and arrays against what Julia gives. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession()

describe('ranges', () => {
  shows(
    () => session,
    `
    1:3 => 1:3
    collect(1:2:7) => [1, 3, 5, 7]
    collect(5:-2:1) => [5, 3, 1]
    length(1:0) => 0
    collect(0:0.1:0.5) => [0.0, 0.1, 0.2, 0.3, 0.4, 0.5]
    collect(range(0, 1; length=5)) => [0.0, 0.25, 0.5, 0.75, 1.0]
    collect(range(0, 0.3; length=4)) => [0.0, 0.1, 0.2, 0.3]
    (0:0.1:1)[4] => 0.3
    sum(1:100) => 5050
    (1:10)[3:5] => 3:5
    last(1:2:8) => 7
    step(0:0.5:2) => 0.5
    reverse(1:3) => 3:-1:1
    3 in 1:5 => true
    2 .* (1:3) => 2:2:6
    (1:3) .+ 1 => 2:4
    [view([1 2; 3 4], :, 1) isa StridedVector{Int}, view([1 2; 3 4], [1], 1) isa StridedVector, [1 2; 3 4] isa StridedVecOrMat{<:Real}, [1 2]' isa StridedArray] => Bool[1, 0, 1, 0]
    [1 2; 3 4][3, 4] => !BoundsError: attempt to access 2×2 Matrix{Int64} at index [3, 4]
    (a = [1 2; 3 4]; a[2, 0] = 1) => !BoundsError: attempt to access 2×2 Matrix{Int64} at index [2, 0]
    maximum(1:2:9) => 9
    eltype(0:0.1:1) => Float64
    [i^2 for i in 1:3] => [1, 4, 9]
  `,
  )
})

describe('tuples', () => {
  shows(
    () => session,
    `
    (1, 2.0)[2] => 2.0
    length((1, 2, 3)) => 3
    (1, 2, 3) .+ 1 => (2, 3, 4)
    map(x -> 2x, (1, 2)) => (2, 4)
    reverse((1, 2, 3)) => (3, 2, 1)
    (1, 2) == (1.0, 2.0) => true
    (1, 2) < (1, 3) => true
    Base.tail((1, 2, 3)) => (2, 3)
    first((1, 2)), last((1, 2)) => (1, 2)
    sum((1, 2, 3)) => 6
    maximum((1, 3, 2)) => 3
    (a=1, b=2).b => 2
    merge((a=1, b=2), (b=3, c=4)) => (a = 1, b = 3, c = 4)
    Base.promote_op(merge, typeof((a=1, b=2.0)), typeof((b="x", c=3))) => @NamedTuple{a::Int64, b::String, c::Int64}
    keys((a=1, b=2)) => (:a, :b)
    values((a=1, b=2)) => (1, 2)
    haskey((a=1,), :b) => false
    ntuple(i -> i^2, 3) => (1, 4, 9)
    (1:3...,) => (1, 2, 3)
    2 in (1, 2) => true
    let (a, b) = (1, 2); a + b; end => 3
    (1 => 2).first => 1
  `,
  )
})

describe('arrays', () => {
  shows(
    () => session,
    `
    [1, 2.0] => [1.0, 2.0]
    [1, 2] => [1, 2]
    zeros(2) => [0.0, 0.0]
    zeros(Int, 2, 2) => [0 0; 0 0]
    ones(2, 1) => [1.0; 1.0;;]
    fill(3, 2) => [3, 3]
    fill(1.5, (2, 2)) => [1.5 1.5; 1.5 1.5]
    [1 2; 3 4] => [1 2; 3 4]
    sum([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 0.5]), sum([1 2 3 4 5 6 7; 1 2 3 4 5 6 7; 1 2 3 4 5 6 7; 1 2 3 4 5 6 7; 1 2 3 4 5 6 7; 1 2 3 4 5 6 7; 1//2 0 0 0 0 0 0]) => (1225.5, 337//2)
    [1 2; 3 4][2, 1] => 3
    [1 2; 3 4][3] => 2
    [1 2; 3 4][:, 1] => [1, 3]
    [1 2; 3 4][1, :] => [1, 2]
    [1 2; 3 4][:] => [1, 3, 2, 4]
    [1, 2, 3][[true, false, true]] => [1, 3]
    [1, 2, 3][2:end] => [2, 3]
    [1, 2, 3][end] => 3
    [1, 2, 3][[3, 1]] => [3, 1]
    [1, 2, 3][4] => !BoundsError
    [1 2; 3 4][3, 1] => !BoundsError
    [1 2; 3 4][[1 2; 3 4] .> 2] => [3, 4]
    [1 2 3; 4 5 6][2, 2:3] => [5, 6]
    [1 2 3; 4 5 6][1:2, [3, 1]] => [3 1; 6 4]
    [1 2; 3 4][CartesianIndex(1, 2)] => 2
    let a = [1, 2, 3]; a[2] = 5; a; end => [1, 5, 3]
    let a = zeros(2, 2); a[1, :] = [1, 2]; a; end => [1.0 2.0; 0.0 0.0]
    let a = [1, 2, 3]; a[1:2] .= 9; a; end => [9, 9, 3]
    let a = [1, 2, 3]; a .+= 1; a; end => [2, 3, 4]
    let a = [1.0 2.0; 3.0 4.0]; a[:, 2] .*= 2; a; end => [1.0 4.0; 3.0 8.0]
    let a = [1, 2]; a[1:2] = [1, 2, 3]; end => !DimensionMismatch
    size([1 2 3; 4 5 6]) => (2, 3)
    size([1 2 3; 4 5 6], 2) => 3
    length([1 2 3]) => 3
    ndims(zeros(2, 3, 4)) => 3
    zeros(2, 3, 4)[2, 3, 4] => 0.0
    axes([1 2; 3 4]) => (Base.OneTo(2), Base.OneTo(2))
    reshape(1:6, 2, 3) => [1 3 5; 2 4 6]
    reshape([1, 2, 3, 4], :, 2) => [1 3; 2 4]
    vec([1 2; 3 4]) => [1, 3, 2, 4]
    hcat([1, 2], [3, 4]) => [1 3; 2 4]
    vcat([1, 2], 3, [4.0]) => [1.0, 2.0, 3.0, 4.0]
    [[1, 2]; [3]] => [1, 2, 3]
    [[1 2]; [3 4]] => [1 2; 3 4]
    [[1, 2] [3, 4]] => [1 3; 2 4]
    [zeros(1, 1) ones(1, 2); ones(1, 3)] => [0.0 1.0 1.0; 1.0 1.0 1.0]
    hcat([1, 2], [1, 2, 3]) => !DimensionMismatch
    cat([1 2], [3 4]; dims=1) => [1 2; 3 4]
    cat([1, 2], [3, 4]; dims=2) => [1 3; 2 4]
    stack([[1, 2], [3, 4]]) => [1 3; 2 4]
    stack(Any[[1, 2], [3.0, 4.0]]) => [1.0 3.0; 2.0 4.0]
    stack(([1, 2], [0.5, 1.5]); dims=1) => [1.0 2.0; 0.5 1.5]
    collect(((1, 2), (3.5, 4))) => Tuple{Real, Int64}[(1, 2), (3.5, 4)]
    reduce(hcat, [[1, 2], [3, 4]]) => [1 3; 2 4]
    vcat(Any[Inf]...), vcat(Any[1, 2.5]...), vcat(1, Any[]...) => ([Inf], [1.0, 2.5], [1])
    vcat(Any[[1, 2], 3.5, [4]]...), vcat(Any["a", 1]...) => ([1.0, 2.0, 3.5, 4.0], Any["a", 1])
    hcat(Any[[1, 2], [3.5, 4]]...), hcat([1, 2], Any[[3, 4]]...) => ([1.0 3.5; 2.0 4.0], [1 3; 2 4])
    hcat(Any[[1.0 2; 3 4], "a"]...) => !DimensionMismatch
    reduce(vcat, [[1 2], [3 4; 5 6]]), reduce(vcat, [[1 2], [3.5 4]]), reduce(vcat, [[1 2]]; init=[9 9]) => ([1 2; 3 4; 5 6], [1.0 2.0; 3.5 4.0], [9 9; 1 2])
    reduce(vcat, [[1 2], [3 4 5]]) => !DimensionMismatch: number of columns
    reduce(vcat, [[1], [2, 3]]) => [1, 2, 3]
    permutedims([1 2; 3 4]) => [1 3; 2 4]
    [1 2; 3 4]' => [1 3; 2 4]
    [1, 2]' => adjoint([1, 2])
    reverse([1, 2, 3]) => [3, 2, 1]
    reverse([1 2; 3 4]; dims=2) => [2 1; 4 3]
    circshift([1, 2, 3, 4], 1) => [4, 1, 2, 3]
    rotl90([1 2; 3 4]) => [2 4; 1 3]
    rotr90([1 2; 3 4]) => [3 1; 4 2]
    repeat([1, 2], 2) => [1, 2, 1, 2]
    repeat([1, 2]; inner=2) => [1, 1, 2, 2]
    repeat([1 2], 2, 2) => [1 2 1 2; 1 2 1 2]
    diff([1, 4, 9]) => [3, 5]
    diff([1 2; 4 8]; dims=2) => [1; 4;;]
    diff([1 2; 4 8]; dims=1) => [3 6]
    cumsum([1, 2, 3]) => [1, 3, 6]
    cumprod([1, 2, 3]) => [1, 2, 6]
    cumsum([1 2; 3 4]; dims=1) => [1 2; 4 6]
    accumulate(max, [1, 3, 2]) => [1, 3, 3]
    eachindex([1, 2]) => Base.OneTo(2)
    similar([1.0, 2.0]) isa Vector{Float64} => true
    copy([1, 2]) => [1, 2]
    Float64[1, 2] => [1.0, 2.0]
    Int[] => Int64[]
    [] => Any[]
    Vector{Float64}(undef, 2) isa Vector{Float64} => true
    [1 2; 3 4] == [1 2; 3 4] => true
    [1, 2] + [3, 4] => [4, 6]
    [1, 2] + [1] => !DimensionMismatch
    2 * [1, 2] => [2, 4]
    [1, 2] / 2 => [0.5, 1.0]
    -[1, 2] => [-1, -2]
    [1.0, 2.0] ≈ [1.0, 2.0 + 1e-10] => true
    (a = [1, 2]; (objectid(a) == objectid(a), objectid(a) == objectid(copy(a)), objectid((1, a)) == objectid((1, a)), objectid(1) == objectid(1.0), objectid("ab") == objectid("a" * "b"))) => (true, false, true, false, true)
    view([1, 2, 3], 2:3) => [2, 3]
    sum(view([1 2; 3 4], :, 1)) => 4
    let a = [1, 2, 3]; v = view(a, 2:3); v[1] = 9; a; end => [1, 9, 3]
    let a = [1 2; 3 4]; @view(a[:, 2])[2] = 9; a; end => [1 2; 3 9]
    [r[1] for r in eachrow([1 2; 3 4])] => [1, 3]
    [sum(c) for c in eachcol([1 2; 3 4])] => [4, 6]
    [i + j for i in 1:2, j in 1:3] => [2 3 4; 3 4 5]
    [i for i in 1:5 if isodd(i)] => [1, 3, 5]
    [(i, j) for i in 1:2 for j in i:2] => [(1, 1), (1, 2), (2, 2)]
    Float64[i for i in 1:2] => [1.0, 2.0]
    collect(enumerate([5, 6])) => [(1, 5), (2, 6)]
    collect(zip([1, 2], [3.0, 4.0])) => [(1, 3.0), (2, 4.0)]
    collect(Iterators.take(1:10, 2)) => [1, 2]
    collect(Iterators.drop(1:4, 2)) => [3, 4]
    map(+, [1, 2], [10, 20]) => [11, 22]
    map(x -> x / 2, [1, 2]) => [0.5, 1.0]
    filter(isodd, [1, 2, 3]) => [1, 3]
    CartesianIndices((2, 2))[2, 1] => CartesianIndex(2, 1)
    LinearIndices((2, 3))[2, 3] => 6
    string([1, 2]) => "[1, 2]"
    let (a, b) = [1, 2]; a + b; end => 3
    dropdims(ones(1, 2); dims=1) => [1.0, 1.0]
    (A = [1.0 2 3; 4 5 6]; (A[:, UInt8[2, 1]], A[Int32[1, 2], Int16(2)], view(A, UInt8[1, 2], 1), A[:, Any[3]], A[UInt8(1):UInt8(2), 1])) => ([2.0 1.0; 5.0 4.0], [2.0, 5.0], [1.0, 4.0], [3.0; 6.0;;], [1.0, 4.0])
    (v = [1, 2, 3]; v[UInt16[1, 2]] .= 0; v[Int8[3]] = [9]; v) => [0, 0, 9]
  `,
  )
})

describe('growing vectors', () => {
  shows(
    () => session,
    `
    push!([1], 2) => [1, 2]
    let a = [1, 2]; pop!(a); a; end => [1]
    append!([1], [2, 3]) => [1, 2, 3]
    pushfirst!([2], 1) => [1, 2]
    let a = [1, 2, 3]; popfirst!(a), a; end => (1, [2, 3])
    insert!([1, 3], 2, 2) => [1, 2, 3]
    deleteat!([1, 2, 3], 2) => [1, 3]
    prepend!([3], [1, 2]) => [1, 2, 3]
    resize!([1, 2, 3], 2) => [1, 2]
    empty!([1]) => Int64[]
    filter!(isodd, [1, 2, 3]) => [1, 3]
    splice!([1, 2, 3], 2) => 2
  `,
  )
})

describe('broadcasting', () => {
  shows(
    () => session,
    `
    (1, 2.0, 3) .* (2,), (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 1.0) .+ 1 => ((2, 4.0, 6), (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 2.0))
    sin.([0.0]) => [0.0]
    [1, 2] .* 2.0 => [2.0, 4.0]
    [1, 2] .+ [10 20] => [11 21; 12 22]
    [1, 2] .+ [1, 2, 3] => !DimensionMismatch
    [1 2; 3 4] .* [1, 10] => [1 2; 30 40]
    [1 2; 3 4]' .+ [10, 20] => [11 13; 22 24]
    [1, 2]' .+ [10, 20] => [11 12; 21 22]
    max.([1, 5], 3) => [3, 5]
    (x -> x^2 + 1).([1, 2]) => [2, 5]
    [1, 2] .^ 2 => [1, 4]
    2 .^ [1, 2] => [2, 4]
    [1, 2] .== [1, 3] => Bool[1, 0]
    sum([1, 2] .> 1) => 1
    ifelse.([true, false], 1, 2) => [1, 2]
    (1, 2) .+ [1, 1] => [2, 3]
    string.([1, 2]) => ["1", "2"]
    Float64.([1, 2]) => [1.0, 2.0]
    length.([[1], [1, 2]]) => [1, 2]
    (x -> x > 0 ? x : 0).([1.0, -1.0]) => Real[1.0, 0]
    [i == 1 ? 1 : 2.0 for i in 1:2], [i == 1 ? 1 : 2.0 for i in 2:3], [i == 1 ? 1 : 2.0 for i in 1:0] => (Real[1, 2.0], [2.0, 2.0], Real[])
    [(2.5, i > 1 ? 1 : 0.5) for i in 1:2], map(i -> (2.5, i > 5 ? 1 : 0.5), 1:1) => (Tuple{Float64, Real}[(2.5, 0.5), (2.5, 1)], [(2.5, 0.5)])
    map(i -> i > 1 ? 1.0 : true, 1:2), collect(i > 1 ? 1//2 : 1 for i in 1:2), [i > 1 ? nothing : 1 for i in 1:2] => (Real[true, 1.0], Real[1, 1//2], Union{Nothing, Int64}[1, nothing])
    (a = [i == j ? 1 : 0.5 for i in 1:2, j in 1:2]; (a, sum(a), a \\ [1.5, 1.5], a - [1 1; 1 1], typeof(Float64.(a)))) => (Real[1 0.5; 0.5 1], 3.0, [1.0, 1.0], Real[0 -0.5; -0.5 0], Matrix{Float64})
    identity.(1) => 1
    zeros(2, 2, 2) .+ [1, 2] == cat([1 1; 2 2], [1 1; 2 2]; dims=3) => true
    let a = zeros(2, 2); a .= [1, 2]; a; end => [1.0 1.0; 2.0 2.0]
    let a = [1.0, 2.0, 3.0]; a .= reverse(a); a; end => [3.0, 2.0, 1.0]
    let a = [1.0 2.0; 3.0 4.0]; a .= a'; a; end => [1.0 3.0; 2.0 4.0]
    let x = [1, 2]; @. x^2 + 1; end => [2, 5]
    [1, 2] .|> sqrt => [1.0, 1.4142135623730951]
    broadcast(+, [1, 2], 3) => [4, 5]
    round.(Int, [1.2, 2.7]) => [1, 3]
    [[1, 2], [3]] .* 2 => [[2, 4], [6]]
  `,
  )
})

describe('reductions and searching', () => {
  shows(
    () => session,
    `
    sum([1, 2, 3]) => 6
    sum([true, true]) => 2
    sum(abs2, [1, 2]) => 5
    sum(Float64[]) => 0.0
    sum([1 2; 3 4]; dims=1) => [4 6]
    sum([1 2; 3 4]; dims=2) => [3; 7;;]
    sum([1 2; 3 4]; dims=(1, 2)) => [10;;]
    sum(x -> x^2, [1 2; 3 4]; dims=1) => [10 20]
    sum(x^2 for x in 1:3) => 14
    sum(x > 5 ? 2.5 : 1 for x in 1:3), sum(x > 5 ? 2.5 : 1 for x in 1:3 if x > 1), prod(x > 2 ? 2.5 : 2 for x in 1:2), sum(x > 2 ? 2.5 : 1 for x in 1:3) => (3, 2, 4, 4.5)
    sum(Union{Int,Float64}[1, 2]), sum(x -> x > 0 ? x : 0, [-1.0]), sum(Any[true]), prod(Real[true]) => (3, 0, 1, 1)
    sum(x for x in 1:4 if iseven(x)) => 6
    sum(i * j for i in 1:2, j in 1:2) => 9
    prod([1, 2, 3]) => 6
    maximum([1, 3, 2]) => 3
    maximum([1 2; 3 4]; dims=1) => [3 4]
    minimum(abs, [-1, 3]) => 1
    maximum(Int[]) => !
    extrema([3, 1, 2]) => (1, 3)
    mapreduce(x -> 2x, +, [1, 2]) => 6
    foldl(-, [1, 2, 3]) => -4
    foldr(-, [1, 2, 3]) => 2
    reduce(+, [1, 2]; init=10) => 13
    count(isodd, [1, 2, 3]) => 2
    any(>(2), [1, 3]) => true
    all(>(2), [1, 3]) => false
    any([false, true]) => true
    argmax([1, 3, 2]) => 2
    argmin([3, 1, 2]) => 2
    findmax([1, 3, 2]) => (3, 2)
    argmax([1 5; 2 3]) => CartesianIndex(1, 2)
    findall([true, false, true]) => [1, 3]
    findall(>(1), [1, 2, 3]) => [2, 3]
    findfirst(>(1), [1, 2, 3]) => 2
    findfirst(>(5), [1, 2]) === nothing => true
    findlast(isodd, [1, 2, 3, 4]) => 3
    unique([1, 2, 1]) => [1, 2]
    sort([3, 1, 2]) => [1, 2, 3]
    sort([3, 1, 2]; rev=true) => [3, 2, 1]
    sort([-3, 1]; by=abs) => [1, -3]
    sortperm([3, 1, 2]) => [2, 3, 1]
    issorted([1, 2]) => true
    searchsortedfirst([1, 3, 5], 3) => 2
    3 in [1, 2, 3] => true
    +([1, 2, 3]...) => 6
    max([1, 5, 3]...) => 5
    vcat([[1], [2]]...) => [1, 2]
    isempty([]) => true
    first([1, 2]), last([1, 2]) => (1, 2)
    only([5]) => 5
  `,
  )
})

describe('ranges in another shape', () => {
  shows(
    () => session,
    `
    reshape(1:6, 2, 3), typeof(reshape(1:6, 2, 3)), reshape(1:4, 4), sum(reshape(1:6, 2, 3); dims=1) => ([1 3 5; 2 4 6], Base.ReshapedArray{Int64, 2, UnitRange{Int64}, Tuple{}}, 1:4, [3 7 11])
    sprint(show, MIME("text/plain"), reshape(1:4, 2, 2)) => "2×2 reshape(::UnitRange{Int64}, 2, 2) with eltype Int64:\\n 1  3\\n 2  4"
    [1.0; 2.0;;] + [1.0, 2.0], [1.0, 2.0] - [1.0; 3.0;;] => ([2.0; 4.0;;], [0.0; -1.0;;])
    [1.0; 2.0;;] ≈ [1.0, 2.0], [1.0, 2.0] ≈ [1.0; 2.5;;] => (true, false)
    [1.0, 2.0] ≈ [1.0] => !DimensionMismatch: dimensions must match: a has dims (Base.OneTo(2),), b has dims (Base.OneTo(1),), mismatch at 1
    [6.0 3.0] + [1.0] => !DimensionMismatch: dimensions must match: a has dims (Base.OneTo(1), Base.OneTo(2)), must have singleton at dim 2
    `,
  )
})

describe('masks', () => {
  shows(
    () => session,
    `
    (b = BitVector([1, 0, 1]); (splice!(b, 2), b, splice!(b, 1:1), keepat!(b, [1]))) => (false, Bool[1], Bool[1], Bool[1])
    summary(view([1 2; 3 4], :, 1)), summary([1 2]'), summary(reshape(1:4, 2, 2)), one(CartesianIndex{2}), isassigned([1, 2], 2, 1), isassigned([1, 2], 1, 2) => ("2-element view(::Matrix{Int64}, :, 1) with eltype Int64", "2×1 adjoint(::Matrix{Int64}) with eltype Int64", "2×2 reshape(::UnitRange{Int64}, 2, 2) with eltype Int64", CartesianIndex(1, 1), true, false)
    Base.has_offset_axes([1], [1 2]), Base.require_one_based_indexing([1]), Base.axes1([1, 2]) => (false, true, Base.OneTo(2))
    typeof([1, 2] .> 1), typeof([1 2; 3 4] .> 1), typeof(isnan.([1.0])), typeof((1:3) .== 2), typeof((1, 2) .> 1) => (BitVector, BitMatrix, BitVector, BitVector, Tuple{Bool, Bool})
    typeof(trues(2)), typeof(falses(2, 2)), typeof(trues(1, 1, 1)), typeof(fill(true, 2)), typeof(map(>(1), [1, 2])) => (BitVector, BitMatrix, BitArray{3}, Vector{Bool}, Vector{Bool})
    (f = (m -> m isa Vector{Bool} ? 1 : m isa BitVector ? 2 : 3); (f([true]), f([1] .> 0), f(trues(1, 1)))) => (1, 2, 3)
    sprint(show, MIME("text/plain"), [1, 2] .> 1), string([1, 2] .> 1) => ("2-element BitVector:\\n 0\\n 1", "Bool[0, 1]")
    (m = [1, 2, 3] .> 1; (typeof(m[2:3]), typeof(.!m), typeof(map(!, m)), typeof([m; m]), typeof([m m]), typeof([m; true]))) => (BitVector, BitVector, BitVector, BitVector, BitMatrix, BitVector)
    (m = trues(2); (typeof(collect(m)), typeof(copy(m)), typeof(similar(m)), typeof(similar(m, Int)), typeof(reverse(m)), typeof(reshape(m, 1, 2)))) => (Vector{Bool}, BitVector, BitVector, Vector{Int64}, BitVector, BitMatrix)
    (m = trues(2); push!(m, false); m[1] = false; append!(m, [true]); pop!(m); m .|= [true, false, false]; m) => Bool[1, 1, 0]
    [5, 6][trues(2)], [5, 6][.!trues(2)], [1 2; 3 4][[1 2; 3 4] .> 2], [1 2; 3 4][trues(2), 1], view([5, 6], [false, true] .| false) => ([5, 6], Int64[], [3, 4], [1, 3], [6])
    trues(2) == [true, true], isequal(trues(2), [true, true]), hash(trues(2)) == hash([true, true]), sum(trues(3)), count(falses(2)) => (true, true, true, 3, 0)
    BitVector([1, 0]), BitArray([1 0]), BitVector(undef, 0), BitArray(i > 1 for i in 1:2), convert(BitVector, [true]), Vector{Bool}(trues(1)) => (Bool[1, 0], Bool[1 0], Bool[], Bool[0, 1], Bool[1], Bool[1])
    any(trues(2, 2); dims=1), typeof(any(trues(2, 2); dims=1)), findall(falses(2)), typeof(Any[1, 2] .> 1) => (Bool[1 1], BitMatrix, Int64[], BitVector)
    [1, 2][trues(3)] => !BoundsError: attempt to access 2-element Vector{Int64} at index [3-element BitVector]
    trues(2)[3] => !BoundsError: attempt to access 2-element BitVector at index [3]
    [1 2][3, :] => !BoundsError: attempt to access 1×2 Matrix{Int64} at index [3, :]
    Array{Int}, Dict{String}, AbstractArray{<:Real}, AbstractVector{Int}, typejoin(Vector{Int}, UnitRange{Int}) => (Array{Int64}, Dict{String}, AbstractArray{<:Real}, AbstractVector{Int64}, AbstractVector{Int64})
    `,
  )
})

const shown = newSession(`
using LinearAlgebra
onScreen(x) = sprint(show, MIME("text/plain"), x; context=:limit => true)
`)

describe('places in several dimensions at once', () => {
  shows(
    () => session,
    `
    reshape(1:12, 2, 3, 2)[:, [true false; false true; true false]] => [1 5 9; 2 6 10]
    reshape(1:12, 2, 3, 2)[[true false true; false true false], 2] => [7, 10, 11]
    reshape(collect(1:32), 4, 4, 2)[CartesianIndex.(1:4, 1:4), 1] => [1, 6, 11, 16]
    reshape(collect(1:32), 4, 4, 2)[CartesianIndex.(1:2, 3:4), :] => [9 25; 14 30]
    reshape(collect(1:32), 4, 4, 2)[2, [CartesianIndex(1, 1) CartesianIndex(4, 2)]] => [2 30]
    (a = zeros(2, 2, 2); a[[CartesianIndex(1, 2), CartesianIndex(2, 1)], 2] = [5, 6]; a[:, :, 2]) => [0.0 5.0; 6.0 0.0]
    (a = zeros(2, 2, 2); b = view(a, :, :, 1:2); b[:, [true false; false true]] = [1 2; 3 4]; vec(a)) => [1.0, 3.0, 0.0, 0.0, 0.0, 0.0, 2.0, 4.0]
    Enzyme.gradient(Enzyme.Reverse, a -> sum(abs2, a[:, [true false; false true]]), reshape(collect(1.0:8.0), 2, 2, 2))[1] == reshape([2, 4, 0, 0, 0, 0, 14, 16], 2, 2, 2) => true
    (a = [1 2; 3 4]; a[findall(>(2), a)] .= 0; a[CartesianIndices((1:1, 1:2))] .+= 5; a) => [6 7; 0 0]
    (a = [1 2; 3 4]; @view(a[findall(iseven, a)]) .*= 2; a) => [1 4; 3 8]
    view([1 2; 3 4], [CartesianIndex(1, 1) CartesianIndex(2, 2)]), view([1 2; 3 4], CartesianIndices((1:1, 1:2))) => ([1 4], [1 2])
    view(reshape(1:24, 2, 3, 4), Bool[1 0 0; 0 0 1], 3), view(reshape(1:24, 2, 3, 4), 1, [CartesianIndex(1, 2), CartesianIndex(2, 3)]) => ([13, 18], [7, 15])
    view([1 2; 3 4], [CartesianIndex(3, 1)]) => !BoundsError
    hvncat((2, 2, 2), true, 1:8...), hvncat((1, 2), false, [1, 2], [3, 4]), Float32[1 2;;; 3 4] => ([1 2; 3 4;;; 5 6; 7 8], [1 3; 2 4], Float32[1.0 2.0;;; 3.0 4.0])
    hvcat((2, 2), 1, 2, 3) => !ArgumentError: argument count does not match specified shape (expected 4, got 3)
    hvcat(2, 1, 2, 3) => !ArgumentError: number of arrays 3 is not a multiple of the requested number of block columns 2
    size(eachslice(ones(2, 3); dims=2, drop=false)), map(sum, eachslice(ones(2, 3); dims=1, drop=false)), last((1, 2, 3), 2), splat(max) => ((1, 3), [3.0; 3.0;;], [2, 3], splat(max))
    collect(Iterators.accumulate(/, [1, 2, 4])), collect(Iterators.partition("αβγ", 2)) => (Real[1, 0.5, 0.125], SubString{String}["αβ", "γ"])
    sort(1:3; rev=true), sort(3:-1:1), sort(1:2:5; by=-), partialsort(1:5, 2), parentindices(view(1:5, 2:3)) => ([3, 2, 1], 1:1:3, [5, 3, 1], 2, (Base.OneTo(2),))
    foldr(*, Float64[]), foldr(+, Int[]), mapfoldr(abs2, -, [1, 2, 5]), reduce(&, Bool[]), reduce(|, Bool[]), reverse(1:0) => (1.0, 0, 22, true, false, 0:-1:1)
    foldr(-, Int[]) => !ArgumentError: reducing over an empty collection
    CartesianIndex(1, CartesianIndex(2, 3)) => CartesianIndex(1, 2, 3)
    zeros(2, 2, 2)[[CartesianIndex(1, 3)], 1] => !BoundsError: attempt to access 2×2×2 Array{Float64, 3} at index [CartesianIndex(1, 3)]
    zeros(2, 2, 2)[:, [true false]] => !BoundsError: attempt to access 2×2×2 Array{Float64, 3} at index [1×2 Matrix{Bool}]
    summary(dropdims(reshape(1:4, 1, 4, 1); dims=3)), reshape(reshape(1:6, 2, 3), 6) => ("1×4 reshape(::UnitRange{Int64}, 1, 4) with eltype Int64", 1:6)
    `,
  )
})

describe('the array of an error', () => {
  // Its type is that of the array, not of another that is kept alike.
  shows(
    () => session,
    `
    (UInt8[1], (try; [1, 2, 3][4]; catch e; sprint(showerror, e); end))[2] => "BoundsError: attempt to access 3-element Vector{Int64} at index [4]"
    ([1, 2], (try; UInt8[1][2]; catch e; e.a isa Vector{UInt8}; end))[2] => true
    (['a'], (try; Int32[1 2; 3 4][3, 1]; catch e; typeof(e.a); end))[2] => Matrix{Int32}
    (UInt8[1], (try; [(1, 2.0)][2]; catch e; typeof(e.a); end))[2] => Vector{Tuple{Int64, Float64}}
    `,
  )
})

describe('what fits', () => {
  shows(
    () => shown,
    `
    onScreen(collect(1:21)) => "21-element Vector{Int64}:\\n  1\\n  2\\n  3\\n  4\\n  5\\n  6\\n  7\\n  8\\n  9\\n 10\\n  ⋮\\n 13\\n 14\\n 15\\n 16\\n 17\\n 18\\n 19\\n 20\\n 21"
    onScreen(ones(1, 40)) => "1×40 Matrix{Float64}:\\n 1.0  1.0  1.0  1.0  1.0  1.0  1.0  1.0  …  1.0  1.0  1.0  1.0  1.0  1.0  1.0"
    rstrip(split(onScreen(ones(30, 40)), "\\n")[12]) => " ⋮                        ⋮              ⋱                 ⋮"
    onScreen([collect(1:30)]) => "1-element Vector{Vector{Int64}}:\\n [1, 2, 3, 4, 5, 6, 7, 8, 9, 10  …  21, 22, 23, 24, 25, 26, 27, 28, 29, 30]"
    onScreen([zeros(5, 5)]) => "1-element Vector{Matrix{Float64}}:\\n [0.0 0.0 … 0.0 0.0; 0.0 0.0 … 0.0 0.0; … ; 0.0 0.0 … 0.0 0.0; 0.0 0.0 … 0.0 0.0]"
    length(split(onScreen(Dict(i => i for i in 1:30)), "\\n")) => 21
    split(sprint(show, MIME("text/plain"), Dict("a" => 1/3, "bbb" => [2/3])), r" *=>|\\n") => SubString{String}["Dict{String, Any} with 2 entries:", "  \\"a\\"", " 0.333333", "  \\"bbb\\"", " [0.666667]"]
    repr([1/3]; context=:compact => true), sprint(print, 1/3; context=:compact => true) => ("[0.333333]", "0.333333")
    sprint(show, MIME("text/plain"), ['a' 'b']) => "1×2 Matrix{Char}:\\n 'a'  'b'"
    sprint(show, MIME("text/plain"), view([1], 1:0)) => "0-element view(::Vector{Int64}, 1:0) with eltype Int64"
    sprint(show, MIME("text/plain"), CartesianIndices((2, 2))) => "CartesianIndices((2, 2))"
    sprint(show, MIME("text/plain"), PermutedDimsArray([1 2], (2, 1))) => "2×1 PermutedDimsArray(::Matrix{Int64}, (2, 1)) with eltype Int64:\\n 1\\n 2"
    repr(skipmissing([1])), repr(MIME("text/plain")), repr(DomainError(1)) => ("skipmissing([1])", "MIME type text/plain", "DomainError(1, \\"\\")")
    sprint(showerror, DomainError("a")) => "DomainError with a:\\n"
  `,
  )
})

describe('sums of many narrow floats', () => {
  shows(
    () => shown,
    `
    sum(fill(0.1f0, 10^6)) ≈ 1f5, reduce(+, fill(0.1f0, 1000, 1000)) ≈ 1f5, sum(x -> x, fill(0.1f0, 10^6)) ≈ 1f5 => (true, true, true)
    LinearAlgebra.dot(fill(0.1f0, 10^6), ones(Float32, 10^6)) ≈ 1f5 => true
    LinearAlgebra.norm(Float32[1f-20, 1f-20]), LinearAlgebra.normalize([3.0, 4]) => (1.4142136f-20, [0.6000000000000001, 0.8])
  `,
  )
})
