#= adrepro
title: The sum of a solution by Cholesky factors
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/1254
tags: [reverse, cholesky, solve]
checks:
  - call: gradient(Reverse, f, [2.0, 1.0])[1]
    equals: "[-2 / 3^2, 0.0]"
=#
using Enzyme, LinearAlgebra

# [a 1; 1 a] has the solution 1 / (a + 1) twice for ones.
f(x) = sum(cholesky([x[1] 1.0; 1.0 x[1]]) \ [1.0, 1.0])
