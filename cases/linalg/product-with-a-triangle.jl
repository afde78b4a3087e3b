#= adrepro
title: A triangular matrix times a constant vector
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/1902
tags: [forward, triangular]
checks:
  - call: autodiff(Forward, f, Duplicated(3.0, 1.0))[1]
    value: 14.0
=#
using Enzyme
using LinearAlgebra

f(x) = sum(LowerTriangular([x 0.0; x x^2]) * [1.0, 2.0])
