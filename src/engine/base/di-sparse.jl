# DifferentiationInterface: sparse jacobians and hessians, by one product for each colour of the pattern.
module DifferentiationInterface
import ..SparseMatrixColorings
import ..SparseMatrixColorings: ColoringProblem, coloring, filled, groups
export DenseSparsityDetector

"The pattern of the dense matrix at a point: where it is larger than `atol`."
struct DenseSparsityDetector{B<:AbstractADType} <: ADTypes.AbstractSparsityDetector
    backend::B
    atol::Float64
end
DenseSparsityDetector(backend; atol, method=:iterative) = DenseSparsityDetector(backend, Float64(atol))
ADTypes.jacobian_sparsity(f, x, d::DenseSparsityDetector) = sparse_where(jacobian(f, d.backend, x), d.atol)
ADTypes.jacobian_sparsity(f!, y, x, d::DenseSparsityDetector) = sparse_where(jacobian(f!, similar(y), d.backend, x), d.atol)
ADTypes.hessian_sparsity(f, x, d::DenseSparsityDetector) = sparse_where(hessian(f, d.backend, x), d.atol)
sparse_where(A, atol) = SparseMatrixColorings.as_pattern(abs.(A) .> atol)

"The function of its first argument; memory that it may write to is of the type of that."
fixed(f, c) = x -> f(x, map(k -> context_for(k, x), c)...)
fixed!(f!, c) = (y, x) -> f!(y, x, map(k -> context_for(k, x), c)...)
context_for(k::Context, x) = k.data
context_for(k::Cache, x) = similar(k.data, eltype(x))

function value_and_jacobian(f, b::AutoSparse, x, c::Context...)
    at = floated(x)
    S = ADTypes.jacobian_sparsity(fixed(f, c), at, b.sparsity_detector)
    w, d = forwards(way(b)), b.dense_ad
    y = f(at, values_of(c)...)
    (y, sparse_jacobian(w, b, S, y, at, dx -> push(w, d, f, at, dx, c)[2], dy -> pull(w, d, f, at, dy, c)[2]))
end
function value_and_jacobian(f!, y::AbstractArray, b::AutoSparse, x, c::Context...)
    S = ADTypes.jacobian_sparsity(fixed!(f!, c), y, x, b.sparsity_detector)
    w, d = forwards(way(b)), b.dense_ad
    jac = sparse_jacobian(w, b, S, y, x, dx -> push!!(w, d, f!, y, x, dx, c)[2], dy -> pull!!(w, d, f!, y, x, dy, c)[2])
    f!(y, x, values_of(c)...)
    (y, jac)
end
function sparse_jacobian(::Way, b, S, y, x, pushed, pulled)
    r = coloring(S, ColoringProblem(; partition=:column), b.coloring_algorithm)
    parts = [vec(pushed(along(x, g))) for g in groups(r)]
    filled(r.pattern, (i, j) -> parts[r.color[j]][i], promote_type(float(eltype(y)), eltype(x)))
end
function sparse_jacobian(::Reverses, b, S, y, x, pushed, pulled)
    r = coloring(S, ColoringProblem(; partition=:row), b.coloring_algorithm)
    at = floated(y)
    parts = [vec(pulled(along(at, g))) for g in groups(r)]
    filled(r.pattern, (i, j) -> parts[r.color[i]][j], promote_type(float(eltype(y)), eltype(x)))
end
"One in some of the elements, zero in the others."
along(x, g) = (d = zero(x); foreach(i -> d[i] = one(eltype(d)), g); d)

function value_gradient_and_hessian(f, b::AutoSparse, x, c::Context...)
    at = floated(x)
    S = ADTypes.hessian_sparsity(fixed(f, c), at, b.sparsity_detector)
    r = coloring(S, ColoringProblem(; partition=:column), b.coloring_algorithm)
    parts = [vec(gradient_and_hvp(f, b.dense_ad, at, (along(at, g),), c...)[2][1]) for g in groups(r)]
    (f(at, values_of(c)...), inner_gradient(f, b.dense_ad, c)(at, values_of(c)...), filled(r.pattern, (i, j) -> parts[r.color[j]][i], eltype(at)))
end
end
