/** StructArrays: arrays of structs stored by their fields. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
using StructArrays, StaticArrays, LinearAlgebra, ForwardDiff
import Enzyme, Zygote
using Enzyme: autodiff, Reverse, Forward, Active, Duplicated
struct P; x::Float64; y::Float64; end
points() = StructArray(P.([1.0, 2.0], [3.0, 4.0]))
complexes() = StructArray([1 + 2im, 3 + 4im])
struct Named; values::Vector{Int}; end
StructArrays.staticschema(::Type{Named}) = @NamedTuple{low::Int, high::Int}
StructArrays.component(n::Named, key::Symbol) = n.values[key === :low ? 1 : 2]
StructArrays.createinstance(::Type{Named}, low, high) = Named([low, high])
by_fields(v) = (s = StructArray{P}((v, v .^ 2)); sum(q -> q.x * q.y, s))
function stored(v)
    s = StructArray{P}(undef, 2)
    for i in 1:2
        s[i] = P(v[i], v[i]^3)
    end
    push!(s, P(v[1], 2.0))
    dot(s.x, s.y)
end
fourth(s) = sum(abs2, s .* s)
`)

describe('as it is made', () => {
  shows(
    () => session,
    `
    (points(), points().x, points()[2], StructArrays.components(complexes())) => (P[P(1.0, 3.0), P(2.0, 4.0)], [1.0, 2.0], P(2.0, 4.0), (re = [1, 3], im = [2, 4]))
    repr("text/plain", complexes()) => "2-element StructArray(::Vector{Int64}, ::Vector{Int64}) with eltype Complex{Int64}:\\n 1 + 2im\\n 3 + 4im"
    (StructArray(a=[1, 2], b=["x", "y"]), StructArray((a=[1],)), StructArray(([1, 2], [3, 4]))[2], StructVector(a=[1]), StructArray{P}(y=[2.0], x=[1.0])) => ([(a = 1, b = "x"), (a = 2, b = "y")], [(a = 1,)], (2, 4), [(a = 1,)], P[P(1.0, 2.0)])
    (StructArray((i, 2i) for i in 1:2), size(StructArray{P}(undef, 3, 2)), StructArray{ComplexF64}([1.0 2.0; 3.0 4.0]; dims=1), StructArray{ComplexF64}((zeros(2, 2), ones(2, 2)))[2, 1]) => ([(1, 2), (2, 4)], (3, 2), ComplexF64[1.0 + 3.0im, 2.0 + 4.0im], 0.0 + 1.0im)
    typeof(complexes()) => StructArray{Complex{Int64}, 1, @NamedTuple{re::Vector{Int64}, im::Vector{Int64}}, Int64}
    (StructArray([(a=1 + 2im, b=3.0)]; unwrap=T -> T <: Complex).a.im, StructArray([SVector(1.0, 2.0), SVector(3.0, 4.0)])[2]) => ([2], [3.0, 4.0])
    (StructArray([Named([1, 2])]).high, StructArray([Named([1, 2])])[1].values) => ([2], [1, 2])
    StructArray(a=[1], b=[1, 2]) => !ArgumentError: all component arrays must have the same shape
    points()[3] => !BoundsError: attempt to access 2-element StructArray(::Vector{Float64}, ::Vector{Float64}) with eltype P at index [3]
    `,
  )
})

describe('as an array', () => {
  shows(
    () => session,
    `
    let s = complexes(); s[2] = 7; push!(s, 1im); s.re[1] = 9; (s, pop!(s), length(append!(s, s)), deleteat!(s, 1)); end => (Complex{Int64}[7 + 0im, 9 + 2im, 7 + 0im], 0 + 1im, 4, Complex{Int64}[7 + 0im, 9 + 2im, 7 + 0im])
    (typeof(complexes() .* 2) == typeof(complexes()), abs2.(complexes()), complexes() .+ 1, complexes() + complexes(), sum(complexes())) => (true, [5, 25], Complex{Int64}[2 + 2im, 4 + 4im], Complex{Int64}[2 + 4im, 6 + 8im], 4 + 6im)
    (map(q -> q.x, points()), map(q -> (c=q.x,), points()).c, points()[2:2].y, points()[[true, false]].y, view(points(), 1:1).x isa SubArray) => ([1.0, 2.0], [1.0, 2.0], [4.0], [3.0], true)
    (vcat(points(), points()).y, size(hcat(points(), points())), reshape(points(), 1, 2).x, copy(points()) == points(), points() == P.([1.0, 2.0], [3.0, 4.0]), filter(q -> q.x > 1, points()).y) => ([3.0, 4.0, 3.0, 4.0], (2, 2), [1.0 2.0], true, true, [4.0])
    (sort(points(); by=q -> -q.x).x, similar(points(), 3) isa StructVector{P}, similar(points(), Float64, 2) isa Vector, (y = similar(points()); y .= points(); y.y)) => ([2.0, 1.0], true, true, [3.0, 4.0])
    let s = points(); r = LazyRow(s, 1); r.x = 5; foreach(q -> q.y *= 2, LazyRows(s)); (s.x, s.y, r); end => ([5.0, 2.0], [6.0, 8.0], LazyRow(x = 5.0, y = 6.0))
    (replace_storage(c -> view(c, 1:1), points()).x isa SubArray, propertynames(points()), [s.re for s in complexes()]) => (true, (:x, :y), [1, 3])
    `,
  )
})

describe('derivatives', () => {
  shows(
    () => session,
    `
    (ForwardDiff.gradient(v -> sum(q -> q.a * q.b, StructArray(a=v, b=v .^ 2)), [1.0, 2.0]), Enzyme.gradient(Reverse, by_fields, [1.0, 2.0])[1], Enzyme.gradient(Forward, by_fields, [1.0, 2.0])[1]) => ([3.0, 12.0], [3.0, 12.0], [3.0, 12.0])
    (Enzyme.gradient(Reverse, stored, [1.0, 2.0])[1], Enzyme.gradient(Forward, stored, [1.0, 2.0])[1]) => ([6.0, 32.0], [6.0, 32.0])
    let s = StructArray([1.0 + 2im, 3.0 + 4im]), ds = Enzyme.make_zero(s); autodiff(Reverse, fourth, Active, Duplicated(s, ds)); ds; end => ComplexF64[20.0 + 40.0im, 300.0 + 400.0im]
    Zygote.gradient(s -> sum(r -> r.a * r.b, s), StructArray(a=[1.0, 2.0], b=[3.0, 4.0]))[1] => [(a = 3.0, b = 1.0), (a = 4.0, b = 2.0)]
    `,
  )
})
