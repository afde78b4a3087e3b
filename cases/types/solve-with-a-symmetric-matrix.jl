#= adrepro
title: A linear system with a matrix that is Symmetric
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2967
tags: [reverse, Symmetric, solve]
checks:
  - call: gradient(Reverse, direct, 0.5)[1] ≈ gradient(Reverse, factored, 0.5)[1]
    value: true
  - call: gradient(Reverse, direct, 0.5)[1]
    equals: "exact(0.5)"
=#
using Enzyme, LinearAlgebra

matrix(t) = [2.0 t; t 2.0]
direct(t) = sum(Symmetric(matrix(t)) \ [1.0, 1.0])
factored(t) = sum(cholesky(Symmetric(matrix(t))) \ [1.0, 1.0])
# The sum is 2 / (2 + t).
exact(t) = -2 / (2 + t)^2
