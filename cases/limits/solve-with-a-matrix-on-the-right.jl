#= adrepro
title: The gradient of a solve with a matrix on the right-hand side
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/1750
tags: [limit, linalg, reverse]
checks:
  - call: slope(3.0)
    on:
      builtin:enzyme-0.13: fails ad.matrix-solve
  - call: slope_by_columns(3.0)
    on:
      builtin:enzyme-0.13: pass
=#
using Enzyme, LinearAlgebra

system(t) = [t 1.0; 1.0 2.0]
both(t) = sum(system(t) \ [1.0 2.0; 3.0 4.0])
by_columns(t) = sum(system(t) \ [1.0, 3.0]) + sum(system(t) \ [2.0, 4.0])
slope(t) = autodiff(Reverse, both, Active, Active(t))[1][1]
slope_by_columns(t) = autodiff(Reverse, by_columns, Active, Active(t))[1][1]
