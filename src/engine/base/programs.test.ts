/** Pieces of programs, with types of their own, against what Julia gives. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
using LinearAlgebra, Statistics, Random
struct Point; x::Float64; y::Float64; end
Base.:+(a::Point, b::Point) = Point(a.x + b.x, a.y + b.y)
Base.zero(::Type{Point}) = Point(0.0, 0.0)
mutable struct Counter; n::Int; end
struct Named; name::String; n::Int; end
Base.:(==)(a::Named, b::Named) = a.name == b.name
Base.hash(a::Named, h::UInt) = hash(a.name, h)
mutable struct Label; name::String; n::Int; end
Base.isequal(a::Label, b::Label) = a.name == b.name
Base.hash(a::Label, h::UInt) = hash(a.name, hash(:Label, h))
struct Poly{T}; c::Vector{T}; end
struct Below; n::Int; Below(n) = new(begin; k = 0; for i in 1:n; i > 3 && break; k += i; end; k; end); end
(p::Poly)(x) = evalpoly(x, p.c)
Base.length(p::Poly) = length(p.c)
struct MyVec <: AbstractVector{Float64}; d::Vector{Float64}; end
Base.size(v::MyVec) = size(v.d)
Base.getindex(v::MyVec, i::Int) = v.d[i]
Base.setindex!(v::MyVec, x, i::Int) = (v.d[i] = x)
struct MyMat <: AbstractMatrix{Float64}; n::Int; end
Base.size(m::MyMat) = (m.n, m.n)
Base.getindex(m::MyMat, i::Int, j::Int) = 1.0 / (i + j - 1)
element_type(x::T) where {T} = T
picked(r, ::Val{i} = Val(2)) where {i} = map(k -> k == i, r)
struct Squares; n::Int; end
Base.iterate(s::Squares, k=1) = k > s.n ? nothing : (k^2, k + 1)
struct Alone; n::Int; end
Base.iterate(r::Iterators.Reverse{Squares}, k=r.itr.n) = k < 1 ? nothing : (k^2, k - 1)
Base.length(s::Squares) = s.n
Base.eltype(::Type{Squares}) = Int
struct Offset{T} <: AbstractVector{T}; d::Vector{T}; end
Base.size(o::Offset) = size(o.d)
Base.axes(o::Offset) = (Base.IdentityUnitRange(-1:length(o.d)-2),)
Base.getindex(o::Offset, i::Int) = o.d[i+2]
struct Tagged{T} <: AbstractVector{T}; d::Vector{T}; end
Base.size(t::Tagged) = size(t.d)
Base.getindex(t::Tagged, i::Int) = t.d[i]
Base.setindex!(t::Tagged, v, i::Int) = (t.d[i] = v)
Base.similar(t::Tagged, ::Type{T}, dims::Dims{1}) where {T} = Tagged(similar(t.d, T, dims))
struct Span <: Number; lo::Int; hi::Int; end
Base.:^(s::Span, n::Integer) = Span(0, s.hi^n)
struct Operator; end
Base.size(::Operator, d) = 10d
struct Layer{W,B}
    w::W
    b::B
    function Layer(w::W, bias=true) where {W}
        b = bias === true ? zeros(2) : bias
        new{W,typeof(b)}(w, b)
    end
end
items(x::Vararg{T,N}) where {T,N} = (1, N)
items(x::NTuple{N,T}) where {N,T} = (2, N)
items(x::NTuple{M,S}) where {M,S} = (3, M)
unreached(x) = x > 0 ? 2x : ccall(:sin, Float64, (Float64,), x)
function with_method()
    Base.show(io::IO, ::Operator) = print(io, "an operator")
    (::Operator)(x) = 3x
    string(Operator(), Operator()(2))
end
abstract type Shape end
struct Circle <: Shape; r::Float64; end
struct Rect <: Shape; w::Float64; h::Float64; end
area(c::Circle) = π * c.r^2
area(r::Rect) = r.w * r.h
struct Dual <: Real; v::Float64; d::Float64; end
Base.:+(a::Dual, b::Dual) = Dual(a.v + b.v, a.d + b.d)
Base.:*(a::Dual, b::Dual) = Dual(a.v * b.v, a.v * b.d + a.d * b.v)
Base.:-(a::Dual, b::Dual) = Dual(a.v - b.v, a.d - b.d)
Base.:-(a::Dual) = Dual(-a.v, -a.d)
Base.:/(a::Dual, b::Dual) = Dual(a.v / b.v, (a.d * b.v - a.v * b.d) / b.v^2)
Base.:<(a::Dual, b::Dual) = a.v < b.v
Base.sqrt(a::Dual) = Dual(sqrt(a.v), a.d / 2sqrt(a.v))
Base.convert(::Type{Dual}, x::Real) = Dual(Float64(x), 0.0)
Base.convert(::Type{Dual}, x::Dual) = x
Base.promote_rule(::Type{Dual}, ::Type{<:Real}) = Dual
Base.zero(::Type{Dual}) = Dual(0.0, 0.0)
Base.@kwdef struct Conf; a::Int = 1; b::Float64 = 2.0; end
kw(x; a=1, b=2, rest...) = (x, a, b, length(rest))
va(x, xs...) = (x, length(xs), sum(xs; init=0))
`)

describe('what types define for themselves', () => {
  shows(
    () => session,
    `
    length(Set([Named("a", 1), Named("a", 2), Named("b", 1)])) => 2
    unique([Named("a", 1), Named("b", 1), Named("a", 2)])[end].name => "b"
    (d = Dict(Named("a", 1) => 1); d[Named("a", 2)] = 2; (length(d), d[Named("a", 3)])) => (1, 2)
    haskey(Dict((Named("a", 1), 1) => 2), (Named("a", 5), 1)), haskey(Dict([Named("a", 1)] => 2), [Named("b", 1)]) => (true, false)
    Set([Named("a", 1)]) == Set([Named("a", 2)]) => true
    (s = Set([Label("x", 1)]); (Label("x", 2) in s, Label("y", 1) in s)) => (true, false)
    length(Set([Point(1.0, 2.0), Point(1.0, 3.0), Point(1.0, 2.0)])) => 2
    collect(eachindex(Offset([5, 6, 7]))) => [-1, 0, 1]
    (o = Offset([5, 6, 7]); (sum(o), o[end], o[begin], firstindex(o), axes(o, 1), checkbounds(Bool, o, -1), checkbounds(Bool, o, 2))) => (18, 7, 5, -1, Base.IdentityUnitRange(-1:1), true, false)
    (typeof(similar(Tagged([1, 2]))), typeof(copy(Tagged([1, 2]))), typeof(zero(Tagged([1.0])))) => (Tagged{Int64}, Tagged{Int64}, Tagged{Float64})
    Span(-2, 3)^2 => Span(0, 9)
    size(Operator(), 2) => 20
    (typeof(Layer(1)), typeof(Layer(1, false)), Layer(1).b) => (Layer{Int64, Vector{Float64}}, Layer{Int64, Bool}, [0.0, 0.0])
    (items((1, 2)), items(1, 2), length(methods(items))) => ((3, 2), (1, 2), 2)
    map((x, y, z) -> x + y * z, (a=1, b=2), (a=3, b=4), (a=5, b=6)) => (a = 16, b = 26)
    map(+, (a=1,), (b=2,)) => !ArgumentError: Named tuple names do not match.
    map(+, (1, 2), (3, 4), (5, 6), (7, 8)) => (16, 20)
    sprint(join, [1, 2], ", ") => "1, 2"
    Array[x for x in Any[[1.0], [2.0 3.0]]] => Array[[1.0], [2.0 3.0]]
    (unreached(1), try unreached(-1) catch e; sprint(showerror, e) end) => (2, "\`ccall\` is outside the supported subset.")
    unreached(-1.0) => !\`ccall\` is outside the supported subset.
    with_method() => "an operator6"
    sum([1 2; 3 4]; dims=[1, 2]) => [10;;]
    Type{Array} <: (Type{Array{T}} where T) => false
    `,
  )
})

describe('pieces of programs', () => {
  shows(
    () => session,
    `
    abs(Dual(-2.0, 1.0)) => Dual(2.0, -1.0)
    abs.([Dual(2.0, 1.0), Dual(-0.5, 1.0)]) => Dual[Dual(2.0, 1.0), Dual(0.5, -1.0)]
    det([Dual(1.0, 1.0) Dual(2.0, 0.0); Dual(3.0, 0.0) Dual(4.0, 0.0)]) => Dual(-2.0, 4.0)
    ([Dual(2.0, 1.0) 0; 0 4] \\ [Dual(1.0, 0.0), 1])[1] => Dual(0.5, -0.25)
    inv([Dual(2.0, 1.0);;])[1] => Dual(0.5, -0.25)
    cholesky([Dual(4.0, 1.0);;]).L[1] => Dual(2.0, 0.25)
    eltype(lu([1 2; 3 4]).U), eltype(lu([1//2 1; 1 3]).U), eltype(cholesky(Float32[2 1; 1 2]).U) => (Float64, Rational{Int64}, Float32)
    fma(Dual(1.0, 0.0), Dual(1.0, 0.0), 1) => !fma not defined for Dual
    isfinite(Dual(1.0, 0.0)) => !MethodError
    sum([Point(1.0,2.0), Point(3.0,4.0)]) => Point(4.0, 6.0)
    Poly([1.0,2.0,3.0])(2.0) => 17.0
    length(Poly([1,2])) => 2
    picked((1, 2)) => (false, true)
    picked((1, 2), Val(1)) => (true, false)
    π^2 => 9.869604401089358
    (v -> element_type(v[1]))(Any[1.0, 2]) => Float64
    (v -> tuple(v...))(Any[1, 2.0]) => (1, 2.0)
    (c -> (c[1] .= 3.0; c))(([1.0, 2.0], 1)) => ([3.0, 3.0], 1)
    sum(MyVec([1.0,2.0])) => 3.0
    MyVec([1.0,2.0]) .+ 1 => [2.0, 3.0]
    MyVec([1.0,2.0,3.0])[2:3] => [2.0, 3.0]
    dot(MyVec([1.0,2.0]), [3.0,4.0]) => 11.0
    norm(MyVec([3.0,4.0])) => 5.0
    [1.0 0.0; 0.0 2.0] * MyVec([1.0,2.0]) => [1.0, 4.0]
    MyMat(2) * [1.0, 1.0] => [1.5, 0.8333333333333333]
    sum(MyMat(3)) => 3.7
    inv(MyMat(2)) => [4.000000000000001 -6.000000000000002; -6.000000000000002 12.000000000000004]
    MyMat(2)[3] => 0.5
    collect(MyMat(2)) => [1.0 0.5; 0.5 0.3333333333333333]
    collect(Squares(3)) => [1, 4, 9]
    sum(Squares(3)) => 14
    [x for x in Squares(2)] => [1, 4]
    map(x -> x + 1, Squares(2)) => [2, 5]
    maximum(Squares(3)) => 9
    sum(area, [Circle(1.0), Rect(2.0, 3.0)]) => 9.141592653589793
    sum(area(s) for s in Shape[Circle(1.0), Rect(2.0, 3.0)]) => 9.141592653589793
    Dual(1.0, 1.0) * 3 + 1 => Dual(4.0, 3.0)
    sum([Dual(1.0,1.0), Dual(2.0,0.0)]) => Dual(3.0, 1.0)
    Conf(b=3.0) => Conf(1, 3.0)
    kw(1; b=5, c=2) => (1, 1, 5, 1)
    va(1, 2, 3) => (1, 2, 5)
    va(1) => (1, 0, 0)
    mapreduce(identity, hcat, eachcol([1 2; 3 4])) => [1 2; 3 4]
    mapreduce(*, +, [1, 2], [3, 4]) => 11
    mapreduce(x -> x, *, [1.0, 2.0]; dims=:) => 2.0
    Matrix(qr([1.0 2.0; 3.0 4.0]).Q) => [-0.3162277660168382 0.9486832980505142; -0.9486832980505138 -0.3162277660168382]
    inv([x^j for x in [1.0, 2.0, 3.0], j in 0:2]) => [3.0 -3.0 1.0; -2.5 4.0 -1.5; 0.5 -1.0 0.5]
    let c = zeros(3, 3); mul!(view(c, :, 1), [1.0 0 0; 0 1 0; 0 0 1], [1.0, 2.0, 3.0]); c; end => [1.0 0.0 0.0; 2.0 0.0 0.0; 3.0 0.0 0.0]
    let c = ones(2, 2); mul!(c, [1.0 2; 3 4], [1.0 0; 0 1], 2.0, 1.0); c; end => [3.0 5.0; 7.0 9.0]
    [1.0 2; 3 4] \\ [1.0 0; 0 1] => [-1.9999999999999998 1.0; 1.4999999999999998 -0.49999999999999994]
    reverse([1 2; 3 4]) => [4 3; 2 1]
    vcat(Any[1], 2.0) => Any[1, 2.0]
    let a = []; foreach(x -> push!(a, x), 1:3); a; end => Any[1, 2, 3]
    map(x -> 2x, (a=1, b=2.5)) => (a = 2, b = 5.0)
    [zeros(2,2) ones(2); 1 2 3] => [0.0 0.0 1.0; 0.0 0.0 1.0; 1.0 2.0 3.0]
    cholesky(zeros(0, 0)).L => 0×0 LowerTriangular{Float64, Matrix{Float64}}
    det(UpperTriangular([1.0 2; 0 3])) => 3.0
    sum(vec([1.0 2; 3 4] .^ 4) .* transpose(vec([1.0 2; 3 4] .^ 6))) => 1.73106e6
    let y = zeros(2); map!(sin, y, [0.0, 1.0]); y; end => [0.0, 0.8414709848078965]
    getindex.(Ref([5, 6, 7]), 1:2) => [5, 6]
    float.(-1:-1:-3) => [-1.0, -2.0, -3.0]
    convert(Vector{Float64}, [1, 2]) => [1.0, 2.0]
    deepcopy((a=1.0, b=[1.0])) => (a = 1.0, b = [1.0])
    eachindex([1.0], [2.0]) => Base.OneTo(1)
    sum(i * j for i in 1:2 for j in 1:3) => 18
    sum(sum(x * y for (x, y) in zip([1, 2], [3, 4])) for _ in 1:2) => 22
    let s = 0; for (i, j) in zip(1:3, 4:6); s += i * j; end; s; end => 32
    [1, 2, 3] .|> (x -> x^2) |> sum => 14
    (x -> x^2 ∘ identity)(1) isa Function => true
    (sqrt ∘ abs)(-4) => 2.0
    let f(x) = x > 0 ? x : 0; f.([1.0, -2.0]); end => Real[1.0, 0]
    [i == j ? 1.0 : 0.0 for i in 1:2, j in 1:2] => [1.0 0.0; 0.0 1.0]
    collect(Float32, [1, 2]) => Float32[1.0, 2.0]
    Float32[1, 2] * 2 => Float32[2.0, 4.0]
    Float32[1, 2] * 2.0 => [2.0, 4.0]
    sum(Float32[0.1, 0.2]) => 0.3f0
    typeof(mean(Float32[1, 2])) => Float32
    similar([1 2; 3 4], Float64) isa Matrix{Float64} => true
    similar([1.0], 3) isa Vector{Float64} => true
    size(similar([1.0 2.0], (2, 3))) => (2, 3)
    zero([1.0, 2.0]) => [0.0, 0.0]
    one([1.0 2.0; 3.0 4.0]) => [1.0 0.0; 0.0 1.0]
    isempty(Float64[]) => true
    all(isfinite, [1.0, NaN]) => false
    any(isnan.([1.0, NaN])) => true
    count([true, false, true]) => 2
    argmax([1.0 5.0; 2.0 3.0]) => CartesianIndex(1, 2)
    findmax([1.0, 3.0, 2.0])[2] => 2
    findmin([2 1; 3 0]; dims=1) => ([2 0], CartesianIndex{2}[CartesianIndex(1, 1) CartesianIndex(2, 2)])
    parse.(Int, ["1", "2"]) => [1, 2]
    join(["a", "b"], "-") => "a-b"
    string(1.0f0), string(1e10), string(0.1) => ("1.0", "1.0e10", "0.1")
    sprint(show, [1.0, 2.0]) => "[1.0, 2.0]"
    repr(1:3) => "1:3"
    "$(1.5) and $([1, 2])" => "1.5 and [1, 2]"
    try; error("boom $(1)"); catch e; e.msg; end => "boom 1"
    try; [1][2]; catch e; e isa BoundsError; end => true
    try; sqrt(-1.0); catch e; sprint(showerror, e); end => "DomainError with -1.0:\\nsqrt was called with a negative real argument but will only return a complex result if called with a complex argument. Try sqrt(Complex(x))."
    let x = 0; while true; x += 1; x > 5 && break; end; x; end => 6
    Below(10).n => 6
    +((1:40)...), max((1:40)...), string((1:12)...), string("a", (1:3)...) => (820, 40, "123456789101112", "a123")
    let x = 0.5; 1x + 2x + 3x + 4x + 5x + 6x + 7x + 8x + 9x + 10x + 11x + 12x + 13x + 14x + 15x + 16x + 17x + 18x + 19x + 20x + 21x + 22x + 23x + 24x + 25x + 26x + 27x + 28x + 29x + 30x + 31x + 32x + 33x + 34x + 35x + 36x + 37x + 38x + 39x + 40x + 41x + 42x + 43x + 44x + 45x + 46x + 47x + 48x + 49x + 50x + 51x + 52x + 53x + 54x + 55x + 56x + 57x + 58x + 59x + 60x + 61x + 62x + 63x + 64x + 65x + 66x + 67x + 68x + 69x + 70x + 71x + 72x + 73x + 74x + 75x + 76x + 77x + 78x + 79x + 80x + 81x + 82x + 83x + 84x + 85x + 86x + 87x + 88x + 89x + 90x + 91x + 92x + 93x + 94x + 95x + 96x + 97x + 98x + 99x + 100x + 101x + 102x + 103x + 104x + 105x + 106x + 107x + 108x + 109x + 110x + 111x + 112x + 113x + 114x + 115x + 116x + 117x + 118x + 119x + 120x + 121x + 122x + 123x + 124x + 125x + 126x + 127x + 128x + 129x + 130x + 131x + 132x + 133x + 134x + 135x + 136x + 137x + 138x + 139x + 140x + 141x + 142x + 143x + 144x + 145x + 146x + 147x + 148x + 149x + 150x + 151x + 152x + 153x + 154x + 155x + 156x + 157x + 158x + 159x + 160x + 161x + 162x + 163x + 164x + 165x + 166x + 167x + 168x + 169x + 170x + 171x + 172x + 173x + 174x + 175x + 176x + 177x + 178x + 179x + 180x + 181x + 182x + 183x + 184x + 185x + 186x + 187x + 188x + 189x + 190x + 191x + 192x + 193x + 194x + 195x + 196x + 197x + 198x + 199x + 200x + 201x + 202x + 203x + 204x + 205x + 206x + 207x + 208x + 209x + 210x + 211x + 212x + 213x + 214x + 215x + 216x + 217x + 218x + 219x + 220x + 221x + 222x + 223x + 224x + 225x + 226x + 227x + 228x + 229x + 230x + 231x + 232x + 233x + 234x + 235x + 236x + 237x + 238x + 239x + 240x + 241x + 242x + 243x + 244x + 245x + 246x + 247x + 248x + 249x + 250x + 251x + 252x + 253x + 254x + 255x + 256x + 257x + 258x + 259x + 260x; end => 16965.0
    sum(vcat(1.5, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31)), eltype(vcat(1.5, 1, 2)) => (497.5, Float64)
    length(Dict("k0" => 0, "k1" => 1, "k2" => 2, "k3" => 3, "k4" => 4, "k5" => 5, "k6" => 6, "k7" => 7, "k8" => 8, "k9" => 9, "k10" => 10, "k11" => 11, "k12" => 12, "k13" => 13, "k14" => 14, "k15" => 15, "k16" => 16, "k17" => 17, "k18" => 18, "k19" => 19, "k20" => 20, "k21" => 21, "k22" => 22, "k23" => 23, "k24" => 24, "k25" => 25, "k26" => 26, "k27" => 27, "k28" => 28, "k29" => 29, "k30" => 30, "k31" => 31, "k32" => 32, "k33" => 33, "k34" => 34, "k35" => 35, "k36" => 36, "k37" => 37, "k38" => 38, "k39" => 39)) => 40
    sum([0 0; 1 1; 2 2; 3 3; 4 4; 5 5; 6 6; 7 7; 8 8; 9 9; 10 10; 11 11; 12 12; 13 13; 14 14; 15 15; 16 16; 17 17; 18 18; 19 19; 20 20; 21 21; 22 22; 23 23; 24 24; 25 25; 26 26; 27 27; 28 28; 29 29; 30 30; 31 31; 32 32; 33 33; 34 34; 35 35; 36 36; 37 37; 38 38; 39 39]) => 1560
    let t = ntuple(i -> 2i, 30); sum(t[i] * i for i in 1:30), [try; t[i]; catch e; e isa BoundsError ? -1 : 0; end for i in (0, 1, 30, 31)]; end => (18910, [-1, 2, 60, -1])
    let s = 0.0; for i in 10:-2:1; s += i; end; s; end => 30.0
    let a = zeros(2, 3); for j in axes(a, 2), i in axes(a, 1); a[i, j] = i + 10j; end; a; end => [11.0 21.0 31.0; 12.0 22.0 32.0]
    let a = zeros(2, 2); for I in CartesianIndices(a); a[I] = I[1] * I[2]; end; a; end => [1.0 2.0; 2.0 4.0]
    let a = [3, 1, 2]; sort!(a); a; end => [1, 2, 3]
    sort([(2, "b"), (1, "a")]) => [(1, "a"), (2, "b")]
    sort([1.5, -2.0]; lt=(x, y) -> x > y) => [1.5, -2.0]
    accumulate(+, [1, 2, 3]; init=10) => [11, 13, 16]
    cumsum((1, 2, 3)) => (1, 3, 6)
    prod([1 2; 3 4]; dims=2) => [2; 12;;]
    dropdims(sum([1 2; 3 4]; dims=1); dims=1) => [4, 6]
    permutedims(reshape(1:6, 1, 2, 3), (3, 2, 1)) => [1 2; 3 4; 5 6;;;]
    size(permutedims(zeros(2, 3, 4), [3, 1, 2])) => (4, 2, 3)
    cat([1 2], [3 4]; dims=3) => [1 2;;; 3 4]
    [1 2;;; 3 4] => [1 2;;; 3 4]
    hcat(1, 2) => [1 2]
    vcat([1 2], [3 4]) => [1 2; 3 4]
    vcat(1:2, 5) => [1, 2, 5]
    repeat([1 2; 3 4]; inner=(1, 2), outer=(2, 1)) => [1 1 2 2; 3 3 4 4; 1 1 2 2; 3 3 4 4]
    tr(Diagonal([1, 2])) => 3
    Diagonal([1.0, 2.0]) \\ [1.0, 1.0] => [1.0, 0.5]
    Symmetric([1.0 2.0; 0.0 3.0]) \\ [1.0, 1.0] => [-1.0, 1.0]
    eigen(Symmetric([2.0 0.0; 0.0 1.0])).values => [1.0, 2.0]
    let (vals, vecs) = eigen([2.0 0.0; 0.0 1.0]); vals; end => [1.0, 2.0]
    I + [1 2; 3 4] => [2 2; 3 5]
    Matrix{Float64}(I, 2, 2) => [1.0 0.0; 0.0 1.0]
    [1 2; 3 4] * I => [1 2; 3 4]
    LowerTriangular([1.0 2; 3 4]) * [1.0, 1.0] => [1.0, 7.0]
    [1.0, 2.0]' * Diagonal([1.0, 2.0]) * [1.0, 2.0] => 9.0
    norm([1 2; 3 4]) => 5.477225575051661
    cond([1.0 0; 0 2]) => 2.0
    isposdef([2.0 0; 0 1]) => true
    pinv([1.0 0; 0 2; 0 0]) => [1.0 0.0 0.0; 0.0 0.5 0.0]
    cov([1.0 2; 3 4; 5 7]) => [4.0 5.0; 5.0 6.333333333333333]
    quantile([1, 2, 3, 4], [0.25, 0.75]) => [1.75, 3.25]
    var([1 2; 3 4]; dims=2) => [0.5; 0.5;;]
    std([1, 2, 3]; corrected=false) => 0.816496580927726
    median([1 5; 3 2]) => 2.5
    size(rand(2, 3)), size(randn(4)), rand(1:6) in 1:6 => ((2, 3), (4,), true)
    length(shuffle([1, 2, 3])) => 3
    rand(MersenneTwister(1)) isa Float64 => true
    sum(randn(10)) isa Float64 => true
    typeof(1:2), typeof([1 2; 3 4]), typeof("a"), typeof((1, 2.0)), typeof(:a), typeof(nothing) => (UnitRange{Int64}, Matrix{Int64}, String, Tuple{Int64, Float64}, Symbol, Nothing)
    supertype(Float64), Int <: Real, Float64 <: Integer => (AbstractFloat, true, false)
    isa(1, Number), isa([1], AbstractVector) => (true, true)
    eltype([1, 2.5]), eltype(Any[1]), eltype("a") => (Float64, Any, Char)
    promote(1, 2.0, 3.0f0) => (1.0, 2.0, 3.0)
    promote_type(Int, Float32) => Float32
    convert(Float64, 1), Int(2.0), Float32(1) => (1.0, 2, 1.0f0)
    something(nothing, 3) => 3
    isnothing(nothing), ismissing(missing) => (true, true)
    nameof(sin), string(sin) => (:sin, "sin")
    round(π; digits=3), round(-2.5), round(Int, 3.7) => (3.142, -2.0, 4)
    1e-3, 1.0e-10, 123456789.0, 1e22, 0.00001 => (0.001, 1.0e-10, 1.23456789e8, 1.0e22, 1.0e-5)
    -0.0, Inf, NaN, -Inf => (-0.0, Inf, NaN, -Inf)
    1//3, 2 + 3im, 1.0 - 2.0im => (1//3, 2 + 3im, 1.0 - 2.0im)
    'x', "q\\"uote", :sym => ('x', "q\\"uote", :sym)
    (1,), (), (a=1,) => ((1,), (), (a = 1,))
    [1.0 NaN; Inf 2.0] => [1.0 NaN; Inf 2.0]
    true && false, true || false, !true => (false, true, false)
    3 ∈ [1, 2, 3], 3 ∉ [1, 2], [1] ⊆ [1, 2] => (true, true, true)
    1:0, Int[], Float64[] => (1:0, Int64[], Float64[])
    [[1, 2], [3]], Any[1, "a", 2.0], [nothing, 1] => ([[1, 2], [3]], Any[1, "a", 2.0], Union{Nothing, Int64}[nothing, 1])
    begin; local z = 3; z + 1; end => 4
    (function (x); x + 1; end)(1) => 2
    map((x, y) -> x + y, [1, 2], [3, 4]) => [4, 6]
    map([1, 2]) do x; x * 10; end => [10, 20]
    let n = 3; ntuple(i -> i * n, 2); end => (3, 6)
    [x^2 for x in 1:3 if x > 1] => [4, 9]
    Set(i % 2 for i in 1:5) => Set([1, 0])
    (i^2 for i in 1:3) |> collect => [1, 4, 9]
    Tuple([1, 2]) => (1, 2)
    NamedTuple{(:a, :b)}((1, 2)) => (a = 1, b = 2)
    Iterators.flatten([[1, 2], [3]]) |> collect => [1, 2, 3]
    collect(Iterators.partition(1:5, 2)) => UnitRange{Int64}[1:2, 3:4, 5:5]
    collect(Iterators.product(1:2, 1:2)) => [(1, 1) (1, 2); (2, 1) (2, 2)]
    collect(Iterators.reverse([1, 2])) => [2, 1]
    collect(Iterators.takewhile(x -> x < 3, 1:5)) => [1, 2]
    first(Iterators.drop(1:5, 2)) => 3
    collect(zip(1:2, "ab")) => [(1, 'a'), (2, 'b')]
    lcm(4, 6), gcd(4, 6), isodd(3), sign(-2.0) => (12, 2, true, -1.0)
    bitstring(UInt8(5)), string(255; base=16) => ("00000101", "ff")
    div(7, 2), rem(-7, 2), mod(-7, 2), fld(7, -2) => (3, -1, 1, -4)
    1 < 2 <= 2 == 2.0 => true
    xor(true, false), 5 & 6, 5 | 6, 1 << 3 => (true, 4, 7, 8)
    hypot(3, 4), exp2(3), log2(8), cbrt(8.0), exp10(2) => (5.0, 8.0, 3.0, 2.0, 100.0)
    sincos(0.0), atan(1, 1), sec(0), csc(1.0), coth(1.0), asech(0.5) => ((0.0, 1.0), 0.7853981633974483, 1.0, 1.1883951057781212, 1.3130352854993315, 1.3169578969248166)
    complex(1, 2), cis(0.0), angle(1im), conj(1 + im), real([1 + im, 2]) => (1 + 2im, 1.0 + 0.0im, 1.5707963267948966, 1 - 1im, [1, 2])
    minmax(2, 1), clamp(5, 1, 3), clamp.([0, 5], 1, 3) => ((1, 2), 3, [1, 3])
    ifelse(true, 1, 2), identity(3) => (1, 3)
    Base.Fix2(-, 1)(3), ==(2)(2), (>(2))(3), isequal(1)(1) => (2, true, true, true)
    allunique([1, 2]), unique([1, 1, 2]), issorted([1, 2, 3]) => (true, [1, 2], true)
    extrema([1, 5, 3]), argmin([3, 1, 2]), findfirst(==(2), [1, 2]) => ((1, 5), 2, 2)
    collect(Iterators.reverse(Squares(3))), [x for x in Iterators.reverse(Squares(2))], foldr(-, Squares(3)) => ([9, 4, 1], [4, 1], 6)
    collect(Iterators.reverse(Alone(2))) => !MethodError: no method matching iterate(::Base.Iterators.Reverse{Alone})
    foldr(-, (x for x in 1:5 if isodd(x))), collect(Iterators.reverse(x^2 for x in 1:3)), collect(Iterators.reverse(zip(1:2, "ab"))) => (3, [9, 4, 1], [(2, 'b'), (1, 'a')])
    reduce(max, [1, 5, 3]), foldr(-, [1, 2, 3]), reduce(vcat, [[1], [2]]) => (5, 2, [1, 2])
  `,
  )
})
