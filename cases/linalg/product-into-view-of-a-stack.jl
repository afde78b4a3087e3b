#= adrepro
title: mul! of a view of a three-dimensional array with its transpose
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/1806
tags: [reverse, view, mul!, adjoint]
checks:
  - call: slope(reshape(collect(1.0:8.0), 2, 2, 2))[:, :, 2]
    equals: "twice([5.0 7.0; 6.0 8.0])"
  - call: slope(reshape(collect(1.0:8.0), 2, 2, 2))[:, :, 1]
    value: [[0.0, 0.0], [0.0, 0.0]]
=#
using Enzyme, LinearAlgebra

function f(X)
    A = view(X, :, :, 2)
    G = zeros(2, 2)
    mul!(G, A, A')
    return sum(G)
end
slope(X) = gradient(Reverse, f, X)[1]
twice(A) = 2 .* ones(2, 2) * A
