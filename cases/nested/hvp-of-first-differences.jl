#= adrepro
title: Hessian-vector product of a sum of first differences of slices
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2170
tags: [nested, hvp, slices]
checks:
  - call: hvp(roughness, x, v)
    value: [0.0, 0.0, 0.0, 0.0, 0.0]
  - call: hvp(energy, x, v)
    value: [2.0, 0.0, 0.0, 0.0, -2.0]
=#
using Enzyme

roughness(x) = sum(x[2:end] .- x[1:end-1])
energy(x) = sum(abs2, x[2:end] .- x[1:end-1])
x = [1.0, 3.0, 2.0, 5.0, 4.0]
v = [2.0, 1.0, 0.0, -1.0, -2.0]
