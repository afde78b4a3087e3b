#= adrepro
title: A linear system with several right sides
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/1750
tags: [reverse, solve, matrix]
checks:
  - call: gradient(Reverse, f, [2.0 0.0; 0.0 4.0], [1.0 2.0; 3.0 4.0])[2]
    value: [[0.5, 0.5], [0.25, 0.25]]
  - call: gradient(Reverse, f, [2.0 0.0; 0.0 4.0], [1.0 2.0; 3.0 4.0])[1]
    value: [[-0.75, -0.875], [-0.375, -0.4375]]
=#
using Enzyme, LinearAlgebra

f(A, B) = sum(A \ B)
