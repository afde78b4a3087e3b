#= adrepro
title: The norm of a zero vector has the derivative zero, not NaN
upstream: https://github.com/EnzymeAD/Enzyme/issues/2419
tags: [reverse, norm, kinks]
checks:
  - call: gradient(Reverse, f, [1.0, 1.0])[1]
    value: [0.0, 0.0]
  - call: gradient(Reverse, f, [4.0, 5.0])[1]
    value: [0.6, 0.8]
=#
using Enzyme, LinearAlgebra

f(x) = norm(x .- 1)
