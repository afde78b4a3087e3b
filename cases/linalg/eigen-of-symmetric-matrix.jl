#= adrepro
title: Eigenvalues and what is built from eigenvectors of a symmetric matrix
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2264
tags: [reverse, forward, eigen]
checks:
  - call: gradient(Reverse, smallest, [2.0 1.0; 1.0 2.0])[1]
    value: [[0.5, -0.5], [-0.5, 0.5]]
  - call: gradient(Reverse, rebuilt, [2.0 1.0; 1.0 2.0])[1]
    value: [[4.0, 2.0], [2.0, 4.0]]
=#
using Enzyme, LinearAlgebra

half(A) = Symmetric((A + A') / 2)
smallest(A) = eigvals(half(A))[1]
# The trace of the square, out of values and vectors.
function rebuilt(A)
    values, vectors = eigen(half(A))
    return tr(vectors * Diagonal(values .^ 2) * vectors')
end
