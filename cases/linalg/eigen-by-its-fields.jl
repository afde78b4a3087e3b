#= adrepro
title: Values and vectors of eigen, read by their fields
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2435
tags: [eigen, fields, reverse]
checks:
  - call: Enzyme.gradient(Reverse, largest, S)[1]
    equals: projector()
  - call: Enzyme.gradient(Reverse, spectral_sum, S)[1]
    value: [[3.0, 0.5], [0.5, 2.0]]
    rtol: 1.0e-7
=#
using Enzyme, LinearAlgebra

S = [3.0 0.5; 0.5 2.0]
largest(A) = eigen(Symmetric((A + A') / 2)).values[2]
# The derivative of a simple eigenvalue is the projector onto its vector.
projector() = (v = eigen(Symmetric(S)).vectors[:, 2]; v * v')
# Half the sum of squares of the values is half the squared norm of the matrix.
function spectral_sum(A)
    e = eigen(Symmetric((A + A') / 2))
    B = e.vectors * Diagonal(e.values) * e.vectors'
    return sum(abs2, B) / 2
end
