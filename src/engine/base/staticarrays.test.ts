/** Static arrays: what they are made from, what is done with them, and derivatives by them against finite differences. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
using StaticArrays, LinearAlgebra, Enzyme, ForwardDiff
import Zygote
import DifferentiationInterface as DI
const N = 3
const v, w = SVector(1.0, 2.0, 3.0), SVector(4.0, 5.0, 6.0)
const m, r = SA[1.0 2.0; 3.0 4.0], SA[1.0 2.0 3.0; 4.0 5.0 6.0]
const M3 = SA[4.0 1.0 2.0; 1.0 3.0 0.0; 2.0 0.5 5.0]
const M4 = SA[4.0 1 2 0; 1 3 0 1; 2 0 5 1; 0 1 2 6]
const M5 = SMatrix{5,5}([sin(1.0i + 5j) + 3(i == j) for i in 1:5, j in 1:5])
written(m, f) = (f(m); m)
struct Point <: FieldVector{3,Float64}; x::Float64; y::Float64; z::Float64; end
struct Pair2{T} <: FieldVector{2,T}; a::T; b::T; end
StaticArrays.similar_type(::Type{<:Pair2}, ::Type{T}, ::Size{(2,)}) where {T} = Pair2{T}
mutable struct Moved <: FieldVector{2,Float64}; x::Float64; y::Float64; end
struct Body; place::SVector{3,Float64}; mass::Float64; end
agrees(M) = (A = Matrix(M); b = A[:, 1] .+ 1; det(M) ≈ det(A) && inv(M) ≈ inv(A) && M \\ SVector{size(M, 1)}(b) ≈ A \\ b && M * M ≈ A * A && M' == A')
by_differences(f, x) = SVector{3}((f(setindex(x, x[i] + 1e-6, i)) - f(setindex(x, x[i] - 1e-6, i))) / 2e-6 for i in 1:3)
isgradient(g, f) = isapprox(g, by_differences(f, v); rtol=1e-5, atol=1e-8)
all_agree(f) = isgradient(ForwardDiff.gradient(f, v), f) && isgradient(gradient(Reverse, f, v)[1], f) && isgradient(gradient(Forward, f, v)[1], f) &&
    isgradient(Zygote.gradient(f, v)[1], f)
f(v) = v[1]^2 * v[2] + sin(v[3])
in_loop(v) = (s = 0.0; for i in eachindex(v); s += v[i]^3 * i; end; s)
through_memory(v) = (m = MVector{3,Float64}(undef); for i in 1:3; m[i] = v[i]^2; end; m[1] * m[2] * m[3])
flow(u, p) = SVector(p[1] * (u[2] - u[1]), u[1] * (p[2] - u[3]) - u[2], u[1] * u[2] - p[3] * u[3])
stepped(p) = (u = SVector(1.0, 0.5, 0.2); for _ in 1:10; k = flow(u, p); u += 0.005 * (k + flow(u + 0.01 * k, p)); end; sum(u))
filled!(y, x) = (for i in 1:3; y[i] = x[i]^2; end; nothing)
function filled_adjoint()
    dx = zero(MVector(v))
    autodiff(Reverse, filled!, Duplicated(zero(MVector(v)), MVector(1.0, 1.0, 1.0)), Duplicated(MVector(v), dx))
    dx
end
`)

describe('static arrays are made', () => {
  shows(
    () => session,
    `
    (SVector(1, 2.5), SVector((1, 2)), SVector{2}([1, 2]), SVector{2,Float64}(1:2)) => ([1.0, 2.5], [1, 2], [1, 2], [1.0, 2.0])
    SVector{3}(v) === SVector(v) === SVector{3,Float64}((1, 2, 3)) === SA[1.0, 2.0, 3.0] === SA_F64[1, 2, 3] => true
    (SMatrix{2,2}(1, 2, 3, 4), SMatrix{2,3}([1 2 3; 4 5 6]), SMatrix{2}(1, 2, 3, 4), SA[1 2]) => ([1 3; 2 4], [1 2 3; 4 5 6], [1 3; 2 4], [1 2])
    SArray{Tuple{2,2,2}}(ntuple(identity, 8))[2, 1, 2] => 6
    (typeof(SA{Float32}[1, 2]), typeof(SMatrix{2,2}([1 2; 3 4]))) => (SVector{2, Float32}, SMatrix{2, 2, Int64, 4})
    (zeros(SVector{2}), ones(SMatrix{1,2,Int}), one(m), fill(3, SVector{2}), SMatrix{2,2,Float64}(I)) => ([0.0, 0.0], [1 1], [1.0 0.0; 0.0 1.0], [3, 3], [1.0 0.0; 0.0 1.0])
    (typeof(rand(SVector{2,Float32})), size(randn(SMatrix{2,3})), rand(1:1, SVector{2})) => (SVector{2, Float32}, (2, 3), [1, 1])
    (convert(SVector{2,Float64}, [1, 2]), SVector{2}(i^2 for i in 1:2), [SVector(1, 2), SVector(1.0, 2.0)][1]) => ([1.0, 2.0], [1, 4], [1.0, 2.0])
    (Array(v), Tuple(m), collect(r)) => ([1.0, 2.0, 3.0], (1.0, 3.0, 2.0, 4.0), [1.0 2.0 3.0; 4.0 5.0 6.0])
    (@SVector([1, 2]), @SVector(Float32[1, 2]), @SMatrix([1 2; 3 4]), @SArray([1, 2])) => ([1, 2], Float32[1.0, 2.0], [1 2; 3 4], [1, 2])
    @SVector([i^2 for i in 1:N]) === SVector(1, 4, 9) => true
    @SMatrix([i + 10j for i in 1:2, j in 1:3]) => [11 21 31; 12 22 32]
    (@SVector(zeros(2)), @SMatrix(ones(Int, 1, 2)), @SVector(fill(2.5, 2)), size(@SMatrix(rand(2, 3)))) => ([0.0, 0.0], [1 1], [2.5, 2.5], (2, 3))
    typeof.((@MVector([1, 2]), @MMatrix(zeros(2, 2)), @MArray([1 2]))) => (MVector{2, Int64}, MMatrix{2, 2, Float64, 4}, MMatrix{1, 2, Int64, 2})
    SVector{3}((1, 2)) => !DimensionMismatch: No precise constructor for SVector{3, Int64} found. Length of input was 2.
    SVector{3}([1, 2]) => !DimensionMismatch: expected input array of length 3, got length 2
    SVector([1, 2]) => !The size of type \`SVector\` is not known.
    `,
  )
})

describe('static arrays are asked and indexed', () => {
  shows(
    () => session,
    `
    (size(r), length(r), eltype(v), size(typeof(r)), axes(v), isbits(v)) => ((2, 3), 6, Float64, (2, 3), (SOneTo(3),), true)
    (r[2, 1], r[2], r[end], r[1, end], r[:, 2], r[2, :], r[:]) => (4.0, 4.0, 6.0, 3.0, [2.0, 5.0], [4.0, 5.0, 6.0], [1.0, 4.0, 2.0, 5.0, 3.0, 6.0])
    (v[SVector(3, 1)], r[:, SVector(1, 3)], r[SVector(2, 1), SVector(3, 2)], typeof(v[1:2]), v[v .> 1.5]) => ([3.0, 1.0], [1.0 3.0; 4.0 6.0], [6.0 5.0; 3.0 2.0], Vector{Float64}, [2.0, 3.0])
    typeof.((r[:, 1], r[:, :], v[:], r[:, SVector(1, 3)])) => (SVector{2, Float64}, SMatrix{2, 3, Float64, 6}, SVector{3, Float64}, SMatrix{2, 2, Float64, 4})
    (v == [1, 2, 3], hash(v) == hash([1.0, 2.0, 3.0]), Dict(v => 1)[SVector(1.0, 2.0, 3.0)], v ≈ [1, 2, 3]) => (true, true, 1, true)
    (setindex(v, 5, 2), push(v, 4), pop(v), pushfirst(v, 0), popfirst(v), insert(v, 2, 9), deleteat(v, 2)) => ([1.0, 5.0, 3.0], [1.0, 2.0, 3.0, 4.0], [1.0, 2.0], [0.0, 1.0, 2.0, 3.0], [2.0, 3.0], [1.0, 9.0, 2.0, 3.0], [1.0, 3.0])
    (similar_type(v), similar_type(v, Int, Size(2, 2)), typeof(similar(v)), typeof(similar(v, 2)), Size(r)) => (SVector{3, Float64}, SMatrix{2, 2, Int64, 4}, MVector{3, Float64}, Vector{Float64}, Size(2, 3))
    (v == SVector(1.0, 2.0), fieldtypes(Tuple{2,Int64}), Tuple{2} <: Tuple, Tuple{2} == Tuple{3}) => (false, (2, Int64), true, false)
    (reverse(v), sort(SVector(3, 1, 2)), reshape(v, Size(1, 3)), vec(m)) => ([3.0, 2.0, 1.0], [1, 2, 3], [1.0 2.0 3.0], [1.0, 3.0, 2.0, 4.0])
    v[4] => !BoundsError: attempt to access 3-element SVector{3, Float64} with indices SOneTo(3) at index [4]
    v[1] = 2.0 => !setindex!(::SVector{3, Float64}, value, ::Int) is not defined.
    repr("text/plain", v) => "3-element SVector{3, Float64} with indices SOneTo(3):\\n 1.0\\n 2.0\\n 3.0"
    repr("text/plain", r') => "3×2 SMatrix{3, 2, Float64, 6} with indices SOneTo(3)×SOneTo(2):\\n 1.0  4.0\\n 2.0  5.0\\n 3.0  6.0"
    repr("text/plain", v') => "1×3 adjoint(::SVector{3, Float64}) with eltype Float64 with indices Base.OneTo(1)×SOneTo(3):\\n 1.0  2.0  3.0"
    (SVector, SVector{3}, SMatrix{2,2}, SArray{Tuple{2,2,2},Int64,3,8}) => (SVector, SVector{3}, SMatrix{2, 2}, SArray{Tuple{2, 2, 2}, Int64, 3, 8})
    `,
  )
})

describe('static arrays are computed with', () => {
  shows(
    () => session,
    `
    (v + w, v - w, -v, 2v, v / 2, 2 \\ v, v + [1, 1, 1]) => ([5.0, 7.0, 9.0], [-3.0, -3.0, -3.0], [-1.0, -2.0, -3.0], [2.0, 4.0, 6.0], [0.5, 1.0, 1.5], [0.5, 1.0, 1.5], [2.0, 3.0, 4.0])
    (v .+ 1, v .* w, v .^ 2, v .> 1, v .+ (1, 2, 3), v .* w') => ([2.0, 3.0, 4.0], [4.0, 10.0, 18.0], [1.0, 4.0, 9.0], Bool[0, 1, 1], [2.0, 4.0, 6.0], [4.0 5.0 6.0; 8.0 10.0 12.0; 12.0 15.0 18.0])
    typeof.((v .+ 1, v .+ (1, 2, 3), v .* w', v .+ [1, 2, 3], v + [1, 2, 3], m .+ SVector(1, 2))) => (SVector{3, Float64}, SVector{3, Float64}, SMatrix{3, 3, Float64, 9}, Vector{Float64}, SVector{3, Float64}, SMatrix{2, 2, Float64, 4})
    (map(+, v, w), map(x -> x^2, v), map(+, v, w, [1, 1, 1])) => ([5.0, 7.0, 9.0], [1.0, 4.0, 9.0], [6.0, 8.0, 10.0])
    (sum(v), prod(v), maximum(v), extrema(v), sum(abs2, v), foldl(-, v), mapreduce(abs2, +, v; init=1.0)) => (6.0, 6.0, 3.0, (1.0, 3.0), 14.0, -4.0, 15.0)
    (sum(SVector(true)), any(>(2), v), count(>(1), v), findmax(v), cumsum(v), diff(v)) => (1, true, 2, (3.0, 3), [1.0, 3.0, 6.0], [1.0, 1.0])
    (sum(r; dims=1), maximum(r; dims=2), typeof(sum(r; dims=1))) => ([5.0 7.0 9.0], [3.0; 6.0;;], SMatrix{1, 3, Float64, 3})
    ([v; w], [v w], vcat(m, m), [v; 1.0]) => ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], [1.0 4.0; 2.0 5.0; 3.0 6.0], [1.0 2.0; 3.0 4.0; 1.0 2.0; 3.0 4.0], [1.0, 2.0, 3.0, 1.0])
    typeof.(([v; w], [v w], [v; 1.0])) => (SVector{6, Float64}, SMatrix{3, 2, Float64, 6}, Vector{Float64})
    (dot(v, w), v' * w, cross(v, w), norm(v), norm(v, 1), norm(zero(v)), norm(SVector(3e200, 4e200)) ≈ 5e200, normalize(SVector(3.0, 4.0))) => (32.0, 32.0, [-3.0, 6.0, -3.0], 3.7416573867739413, 6.0, 0.0, true, [0.6000000000000001, 0.8])
    (m * m, m * SVector(1.0, 2.0), m * [1.0, 2.0], m * [1.0 2.0; 3.0 4.0], SVector(1.0, 2.0)' * m, m^2 == m * m) => ([7.0 10.0; 15.0 22.0], [5.0, 11.0], [5.0, 11.0], [7.0 10.0; 15.0 22.0], adjoint([7.0, 10.0]), true)
    typeof.((m * r, m * [1.0, 2.0], m * [1.0 2.0; 3.0 4.0], v * w', m \\ SVector(1, 2))) => (SMatrix{2, 3, Float64, 6}, SVector{2, Float64}, Matrix{Float64}, SMatrix{3, 3, Float64, 9}, SVector{2, Float64})
    (det(m), tr(m), diag(r), transpose(m), m + I, I - m, 2I * m) => (-2.0, 5.0, [1.0, 5.0], [1.0 3.0; 2.0 4.0], [2.0 2.0; 3.0 5.0], [0.0 -2.0; -3.0 -3.0], [2.0 4.0; 6.0 8.0])
    (agrees(m), agrees(M4), det(M3) ≈ det(Matrix(M3)), M3 * inv(M3) ≈ I, det(M5) ≈ det(Matrix(M5))) => (true, true, true, true, true)
    (kron(m, m) == kron(Matrix(m), Matrix(m)), triu(m), m / m) => (true, [1.0 2.0; 0.0 4.0], [1.0 0.0; 0.0 1.0])
    (Diagonal(SVector(1.0, 2.0)) * SVector(3.0, 4.0), dot(SVector(1.0, 2.0), m, SVector(1.0, 2.0)), sum([v, w])) => ([3.0, 8.0], 27.0, [5.0, 7.0, 9.0])
    v + SVector(1, 2) => !DimensionMismatch: Sizes (Size(3,), Size(2,)) of input arrays do not match
    r * r => !DimensionMismatch: Tried to multiply arrays of size (2, 3) and (2, 3)
    `,
  )
})

describe('static arrays with memory, and arrays of fields', () => {
  shows(
    () => session,
    `
    (written(MVector(1.0, 2.0), m -> m[2] = 5), written(MVector(1, 2), m -> m .*= 2), written(zeros(MMatrix{2,2}), m -> m[1, :] .= 7)) => ([1.0, 5.0], [2, 4], [7.0 7.0; 0.0 0.0])
    (typeof(MVector(1, 2) + MVector(1, 2)), SVector(MVector(1, 2)), MVector(1, 2).data, copy(MVector(1, 2))) => (SVector{2, Int64}, [1, 2], (1, 2), [1, 2])
    (mul!(MVector(0.0, 0.0), m, SVector(1.0, 1.0)), written(SizedVector{2}([1.0, 2.0]), s -> s[1] = 4)) => ([3.0, 7.0], [4.0, 2.0])
    (Point(1, 2, 3) + Point(1, 2, 3) === Point(2, 4, 6), 2Point(1, 2, 3), Point([1, 2, 3]).y, SVector(Point(1, 2, 3)), norm(Point(1, 2, 2))) => (true, [2.0, 4.0, 6.0], 2.0, [1.0, 2.0, 3.0], 3.0)
    (reinterpret(Float64, [v, w]), reinterpret(reshape, Float64, [v, w])) => ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], [1.0 4.0; 2.0 5.0; 3.0 6.0])
    (reinterpret(reshape, SVector{2,Int}, [1 3; 2 4])[2], written([1, 2, 3, 4], y -> reinterpret(SVector{2,Int}, y)[1] = SVector(7, 8)), written([SVector(1, 2)], x -> reinterpret(Int, x)[2] = 9)[1]) => ([3, 4], [7, 8, 3, 4], [1, 9])
    (typeof(zero(SizedVector{2}([1.0, 2.0]))), typeof(copy(SizedVector{2}([1, 2]))), written(Moved(1, 2), p -> p[1] = 5).x, written(Moved(1, 2), p -> p .*= 2).y) => (SizedVector{2, Float64, Vector{Float64}}, SizedVector{2, Int64, Vector{Int64}}, 5.0, 4.0)
    Point(1, 2, 3)[1] = 2.0 => !setindex!(::Point, value, ::Int) is not defined.
    (typeof(Point(1, 2, 3) .+ 1), typeof(Pair2(1, 2) .+ 0.5), typeof(M3 * Point(1, 2, 3))) => (Point, Pair2{Float64}, Point)
    `,
  )
})

describe('derivatives by static arrays', () => {
  shows(
    () => session,
    `
    all_agree(f) => true
    all_agree(v -> dot(v, M3 * v) + det(M3 .* v[1])) => true
    all_agree(v -> sum(inv(M3 + v * v')) + (M3 \\ v)[2] * v[1]) => true
    all_agree(v -> (s = zero(v); for i in 1:5; s += sin.(v .* i); end; sum(s))) => true
    all_agree(in_loop) => true
    all_agree(stepped) => true
    all_agree(v -> cross(v, w)[2] + norm(normalize(v) - SVector(1.0, 0, 0)) + sum(map(x -> x^2, v)) * maximum(v)) => true
    isgradient(gradient(Reverse, through_memory, v)[1], through_memory) => true
    (typeof(ForwardDiff.gradient(f, v)), typeof(ForwardDiff.hessian(f, v)), typeof(gradient(Reverse, f, v)[1])) => (SVector{3, Float64}, SMatrix{3, 3, Float64, 9}, SVector{3, Float64})
    (ForwardDiff.jacobian(v -> v .* v[1], v), ForwardDiff.jacobian(v -> [v[1], v[3]], v), ForwardDiff.derivative(t -> SVector(t, t^2), 2.0)) => ([2.0 0.0 0.0; 2.0 1.0 0.0; 3.0 0.0 1.0], [1.0 0.0 0.0; 0.0 0.0 1.0], [1.0, 4.0])
    (jacobian(Forward, v -> v .* v[1], v)[1] == jacobian(Reverse, v -> v .* v[1], v)[1] == Zygote.jacobian(v -> v .* v[1], v)[1], filled_adjoint()) => (true, [2.0, 4.0, 6.0])
    autodiff(Reverse, f, Active, Active(v))[1][1] == autodiff(Reverse, dot, Active, Const(ForwardDiff.gradient(f, v)), Active(v))[1][2] => true
    (jacobian(Forward, v -> [v[1] * v[2], v[3]], v)[1], size(jacobian(Forward, v -> [v[1] v[2]], v)[1])) => ([2.0 1.0 0.0; 0.0 0.0 1.0], (1, 2, 3))
    (autodiff(Forward, f, Duplicated(v, SVector(1.0, 0.0, 0.0))), make_zero(v)) => ((4.0,), [0.0, 0.0, 0.0])
    gradient(Reverse, b -> b.mass * dot(b.place, b.place), Body(v, 2.0))[1].place => [4.0, 8.0, 12.0]
    gradient(Reverse, A -> sum(a -> dot(a, a), A), [v, w])[1] => SVector{3, Float64}[[2.0, 4.0, 6.0], [8.0, 10.0, 12.0]]
    gradient(Reverse, p -> p.x^2 * p.y + norm(p), Point(2, 3, 6))[1] ≈ [12 + 2 / 7, 4 + 3 / 7, 6 / 7] => true
    gradient(Reverse, y -> sum(norm, reinterpret(SVector{2,Float64}, y)), [3.0, 4.0, 6.0, 8.0])[1] ≈ [0.6, 0.8, 0.6, 0.8] => true
    gradient(Reverse, A -> det(A), m)[1] ≈ det(m) * inv(m)' => true
    ForwardDiff.derivative(t -> ForwardDiff.gradient(f, t * v)[1], 1.0) ≈ gradient(Forward, t -> gradient(Reverse, f, t * v)[1][1], 1.0)[1] ≈ 8 => true
    (DI.gradient(f, DI.AutoEnzyme(mode=Reverse), v) ≈ DI.gradient(f, DI.AutoForwardDiff(), v), DI.hessian(f, DI.AutoForwardDiff(), v) ≈ ForwardDiff.hessian(f, v)) => (true, true)
    (s = SVector(1.0, 2.0); h = v -> Base.inferencebarrier(v) .* Base.inferencebarrier(v[1]); map(J -> J(h, s)[1], ((h, s) -> Enzyme.jacobian(Reverse, h, s), (h, s) -> Enzyme.jacobian(Forward, h, s), Zygote.jacobian))) => ([2.0 0.0; 2.0 1.0], [2.0 0.0; 2.0 1.0], [2.0 0.0; 2.0 1.0])
    `,
  )
})
