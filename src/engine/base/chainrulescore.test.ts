/** ChainRulesCore by itself: the arithmetic of tangents, and adjoints brought to the form of what they are of. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

describe('ChainRulesCore', () => {
  shows(
    () =>
      newSession(`
using ChainRulesCore, LinearAlgebra, SparseArrays
using ChainRulesCore: zero_tangent, backing
struct Point; x; y; end
struct Doubled; x; twice; Doubled(x) = new(x, 2x); end
mutable struct Cell; x::Float64; name; end
const NT = NamedTuple{(:a, :b),Tuple{Float64,Float64}}
const ninth = reshape(1:9, 3, 3)
unknown() = ChainRulesCore.@not_implemented("nobody knows")
`),
    `
    (complex(ZeroTangent(), 2.0), complex(ZeroTangent()), eltype(ZeroTangent()), norm(NoTangent()), 2 \\ ZeroTangent(), Base.tail(ZeroTangent())) => (0.0 + 2.0im, ZeroTangent(), ZeroTangent, 0, ZeroTangent(), ZeroTangent())
    (Tangent{NT}(; b=@thunk(2.0^2))[1], Tangent{NT}(; b=4.0)[2], propertynames(Tangent{Tuple{Float64}}(2.0)), eltype(Tangent{Tuple{Float64,Float64}}(2.0, 3.0))) => (ZeroTangent(), 4.0, (1,), Float64)
    Base.tail(Tangent{Tuple{Float64,Int}}(3.0, NoTangent())), conj(Tangent{Point}(; x=2.0 + 3.0im)).x, (2 \\ Tangent{Point}(; x=4.0)).x, () + Tangent{Tuple{}}() => (Tangent{Tuple{Int64}}(NoTangent(),), 2.0 - 3.0im, 2.0, ())
    (zero_tangent(1), zero_tangent((1.0, "a")), zero_tangent(true)) => (0, Tangent{Tuple{Float64, String}}(0.0, NoTangent()), NoTangent())
    (t = zero_tangent(Cell(1.0, "a")); t.x = 3.0; (t isa MutableTangent{Cell}, t.x, t.name, t isa StructuralTangent)) => (true, 3.0, NoTangent(), true)
    Doubled(1) + Tangent{Doubled}(; x=1.0) => !Could not construct Doubled after addition
    (unknown() + 1 === unknown() + 1, unknown() * ZeroTangent()) => (true, ZeroTangent())
    unknown()[1] => !differentiation rule not implemented: nobody knows
    unthunk(unknown()) => !differentiation rule not implemented: nobody knows
    ProjectTo(Bidiagonal(ones(3, 3), :L))(ninth) == Bidiagonal([1, 5, 9], [2, 6], :L), ProjectTo(SymTridiagonal(ones(3), ones(2)))(ninth) == SymTridiagonal([1, 5, 9], [3, 7]) => (true, true)
    ProjectTo(Tridiagonal(ones(3, 3)))(ninth) == Tridiagonal([2, 6], [1, 5, 9], [4, 8]), ProjectTo(UpperTriangular(ones(3, 3)))(Diagonal([1, 2, 3im])) isa Diagonal{Float64} => (true, true)
    ProjectTo(Symmetric(ones(3, 3), :L))(ones(ComplexF32, 3, 3, 1)), ProjectTo(UnitUpperTriangular(ones(2, 2)))([1 2; 3 4]) => ([1.0 1.0 1.0; 1.0 1.0 1.0; 1.0 1.0 1.0], [0.0 2.0; 0.0 0.0])
    ProjectTo(sparse([1.0 0; 2 3]))([5 6; 7 8]) == sparse([5 0; 7 8]), ProjectTo(sparsevec([2], [1.0], 3))([4, 5, 6]), ProjectTo(sparse([1.0 0; 2 3]))(ones(2, 2)) isa SparseMatrixCSC => (true, sparsevec([2], [5.0], 3), true)
    ProjectTo(I)(123), ProjectTo(2I)(3im * I), ProjectTo((1 + im) * I)(Tangent{typeof(2I)}(; λ=6)) => (NoTangent(), UniformScaling{Float64}(0.0), UniformScaling{ComplexF64}(6.0 + 0.0im))
    ProjectTo([:a, :b])([1, 2]), ProjectTo([true])([1.0]), ProjectTo(Any[1.0, :a])([1, 2]) == [1.0, NoTangent()], ProjectTo(fill(1.0))(3) => (NoTangent(), NoTangent(), true, fill(3.0))
    ProjectTo([1.0, 2.0]).axes, ProjectTo(Diagonal([1, 2])) => ((Base.OneTo(2),), ProjectTo{Diagonal}(diag = ProjectTo{AbstractArray}(element = ProjectTo{Float64}(), axes = (Base.OneTo(2),)),))
    (p = ProjectTo{Complex{Bool}}(; re=ProjectTo(1.0), im=ProjectTo(true)); (p, p.re(2im), p.im(1.0))) => (ProjectTo{Complex{Bool}}(re = ProjectTo{Float64}(), im = ProjectTo{NoTangent}()), 0.0, NoTangent())
    ProjectTo([1.0 2.0]')([1.0 2.0]') => [1.0; 2.0;;]
    ProjectTo([1.0, 2.0]')([1.0, 2.0]) => !DimensionMismatch: variable with size(x) == (1, 2) cannot have a gradient with size(dx) == (2,)
    `,
  )
})
