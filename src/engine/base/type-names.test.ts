/** The names that types are shown by: their own, those of the library, and those that a program gives. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
struct A{T,N}; x::T; end
const AF = A{Float64}
const A2{T} = A{T,2}
const AI3 = A{Int,3}
const Small{T<:Real} = A{T,7}
const Same = A
open = A{Float32,1}
module M
module Inner
export P2, PX, P3
struct P{T}; x::T; end
const P2 = P{Float64}
const P3 = P{Int}
const Own = P{String}
end
using .Inner
export P2, P
import .Inner: P
end
using .M
takes(::AI3) = 1
takes(x::A2{T}, ys...; scale = 1, more...) where T<:Real = 2
text(T) = repr("text/plain", T)
`)

describe('types by their names', () => {
  shows(
    () => session,
    `
    A{Float64,1}(1.0), A{Int,2}(1), AI3(1), [AI3(1)], typeof([AI3(1)]) => (AF{1}(1.0), A2{Int64}(1), AI3(1), AI3[AI3(1)], Vector{AI3})
    AF, A2, Same, A2{<:Real}, A{T,4} where T => (AF, A2, A, A2{<:Real}, A{T, 4} where T)
    A{Float64,2}(1.0), A{String,7}("x"), A{Int,7}(1), open(1) => (A{Float64, 2}(1.0), A{String, 7}("x"), Small{Int64}(1), A{Float32, 1}(1.0f0))
    takes(AF{1}(1.0)) => !MethodError: no method matching takes(::AF{1})
    M.Inner.P(1.0), M.Inner.P(1), M.Inner.P("a"), M.Inner.P('a') => (P2(1.0), Main.M.Inner.P3(1), P{String}("a"), P{Char}('a'))
    which(takes, (AI3,)), which(takes, (A2{Int}, Int)) => (takes(::AI3) @ Main test.jl:22, takes(x::A2{T}, ys...; scale, more...) where T<:Real @ Main test.jl:23)
    replace(string(methods(takes)), "\\n" => "|") => "# 2 methods for generic function \\"takes\\" from Main:| [1] takes(::AI3)|     @ Main test.jl:22| [2] takes(x::A2{T}, ys...; scale, more...) where T<:Real|     @ Main test.jl:23"
    which(sin, (Float64,)).module, [m.nargs for m in methods(takes)], length(methods(takes, (AI3,))), (@which takes(AI3(1))).name => (Base, [2, 3], 1, :takes)
    text(Vector{Int}), text(Vector), text(ComplexF64), text(Int) => ("Vector{Int64} (alias for Array{Int64, 1})", "Vector (alias for Array{T, 1} where T)", "ComplexF64 (alias for Complex{Float64})", "Int64")
    text(AI3), text(A2{Vector{Int}}), text(A{Vector{Int},4}) => ("AI3 (alias for A{Int64, 3})", "A2{Vector{Int64}} (alias for A{Array{Int64, 1}, 2})", "A{Vector{Int64}, 4}")
    text([Vector{Int}, Int]) => "2-element Vector{DataType}:\\n Vector{Int64} (alias for Array{Int64, 1})\\n Int64"
    repr(Vector{Int}), string(Matrix{Float64}), "$(Vector)" => ("Vector{Int64}", "Matrix{Float64}", "Vector")
  `,
  )
})
