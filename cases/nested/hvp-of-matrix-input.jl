#= adrepro
title: A Hessian times a matrix has every row
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2071
tags: [nested, hvp, matrix, broadcast]
checks:
  - call: hvp(energy, X, V)
    equals: "6 .* X .* V .+ 2 .* sum(V)"
  - call: hvp(outer_product, [1.0 2.0; 3.0 4.0], [1.0 0.0; 0.0 0.0])[2, 1] != 0
    value: true
=#
using Enzyme

energy(X) = sum(vec(X) .^ 3) + sum(X)^2
outer_product(X) = sum(abs2, vec(X) * vec(X)')
X = [1.0 2.0; 3.0 4.0]
V = [0.5 -1.0; 2.0 0.1]
