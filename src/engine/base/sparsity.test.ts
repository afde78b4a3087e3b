/** SparseConnectivityTracer, SparseMatrixColorings and sparse matrices of DifferentiationInterface: patterns by hand, matrices beside dense ones. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
using SparseConnectivityTracer, SparseMatrixColorings, SparseArrays, LinearAlgebra, DifferentiationInterface, ADTypes
import ForwardDiff, Enzyme, Zygote
entries(S) = collect(zip(findnz(S)[1:2]...))
const EVERYWHERE, HERE, GREEDY = TracerSparsityDetector(), TracerLocalSparsityDetector(), GreedyColoringAlgorithm()
chosen(x) = [max(x[1], x[2]), x[1] > 0 ? x[2] : x[3], x[1] * 0, x[1] * x[2]]
differences(x) = diff(x .^ 2) + diff(reverse(x .^ 2))
products!(y, x) = (for i in eachindex(y); y[i] = x[i] * x[i+1]; end)
rosenbrock(x) = sum(100 * (x[i+1] - x[i]^2)^2 + (1 - x[i])^2 for i in 1:length(x)-1)
const X = collect(1.0:8)
sparsely(b) = AutoSparse(b; sparsity_detector=EVERYWHERE, coloring_algorithm=GREEDY)
const BACKENDS = (AutoForwardDiff(), AutoEnzyme(), AutoEnzyme(mode=Enzyme.Reverse), AutoZygote())
`)

describe('patterns', () => {
  shows(
    () => session,
    `
    jacobian_sparsity(x -> [x[1]^2, 2 * x[1] * x[2]^2, sin(x[3])], zeros(3), EVERYWHERE) => sparse([1, 2, 2, 3], [1, 1, 2, 3], Bool[1, 1, 1, 1], 3, 3)
    entries(jacobian_sparsity(x -> [max(x[1], x[2]), round(x[1]) + x[3], 0 * x[2], 1.0], zeros(3), EVERYWHERE)) => [(1, 1), (1, 2), (3, 2), (2, 3)]
    entries(jacobian_sparsity(products!, zeros(2), X[1:3], EVERYWHERE)) => [(1, 1), (1, 2), (2, 2), (2, 3)]
    entries(hessian_sparsity(x -> x[1] + x[2] * x[3] + 1 / x[2] + abs(x[1]), zeros(3), EVERYWHERE)) => [(2, 2), (3, 2), (2, 3)]
    entries(hessian_sparsity(x -> x[1] / x[2] + x[3]^1, ones(3), EVERYWHERE)) => [(2, 1), (1, 2), (2, 2)]
    (A = sprandn(6, 5, 0.3); jacobian_sparsity(x -> A * x, X[1:5], EVERYWHERE) == (A .!= 0)) => true
    jacobian_sparsity(chosen, X[1:3], EVERYWHERE) => !Function < requires primal value(s).
    entries(jacobian_sparsity(chosen, [1.0, 0, 3], HERE)) => [(1, 1), (2, 2), (4, 2)]
    entries(jacobian_sparsity(chosen, [-1.0, 2, 3], HERE)) => [(4, 1), (1, 2), (4, 2), (2, 3)]
    jacobian_sparsity(differences, X, DenseSparsityDetector(AutoForwardDiff(); atol=1e-5)) == (jacobian(differences, AutoForwardDiff(), X) .!= 0) => true
    `,
  )
})

describe('colours and sparse matrices', () => {
  shows(
    () => session,
    `
    (S = sparse([1, 1, 2, 3, 3], [1, 2, 3, 2, 4], 1.0:5); r = coloring(S, ColoringProblem(), GREEDY); (column_colors(r), ncolors(r), column_groups(r), decompress(compress(S, r), r) == S)) => ([1, 2, 1, 1], 2, [[1, 3, 4], [2]], true)
    (S = sparse([1, 1, 2, 3, 3], [1, 2, 3, 2, 4], 1.0:5); r = coloring(S, ColoringProblem(; partition=:row), GREEDY); (row_colors(r), decompress(compress(S, r), r) == S)) => ([1, 1, 2], true)
    ncolors(coloring(spdiagm(-1 => ones(9), 0 => ones(10), 1 => ones(9)), ColoringProblem(), GREEDY)) => 3
    (J = jacobian(differences, sparsely(AutoForwardDiff()), X); (J == jacobian(differences, AutoForwardDiff(), X), nnz(J), typeof(J))) => (true, 26, SparseMatrixCSC{Float64, Int64})
    map(b -> jacobian(differences, sparsely(b), X) == jacobian(differences, AutoForwardDiff(), X), BACKENDS) => (true, true, true, true)
    (b = sparsely(AutoForwardDiff()); p = prepare_jacobian(differences, b, X); J = jacobian(differences, p, b, X); K = zero(J); jacobian!(differences, K, p, b, 2X); K == 2J) => true
    jacobian(products!, zeros(7), sparsely(AutoEnzyme()), X) == jacobian(products!, zeros(7), AutoForwardDiff(), X) => true
    jacobian((x, a) -> a .* x .^ 2, sparsely(AutoForwardDiff()), X, Constant(3.0)) == Diagonal(6X) => true
    map(b -> (H = hessian(rosenbrock, sparsely(b), X); (H ≈ ForwardDiff.hessian(rosenbrock, X), nnz(H))), (AutoForwardDiff(), SecondOrder(AutoForwardDiff(), AutoEnzyme()))) => ((true, 22), (true, 22))
    jacobian(x -> x .^ 2, AutoSparse(AutoForwardDiff(); sparsity_detector=ADTypes.KnownJacobianSparsityDetector(sparse(I, 8, 8)), coloring_algorithm=GREEDY), X) == Diagonal(2X) => true
    (J = jacobian(x -> x .^ 2, AutoSparse(AutoForwardDiff()), X[1:2]); (J, nnz(J))) => (sparse([1, 2, 1, 2], [1, 1, 2, 2], [2.0, 0.0, 0.0, 4.0], 2, 2), 4)
    `,
  )
})
