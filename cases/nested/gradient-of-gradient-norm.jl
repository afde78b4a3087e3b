#= adrepro
title: Gradient of the sum of an inner gradient through a constant matrix
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/3139
tags: [nested, reverse, matrix, global]
notes: The value is 2 M'M times a vector of ones, at any t.
checks:
  - call: outer([0.3, -1.2, 2.0])
    value: [0.52, 3.0, 1.3]
  - call: gradient(Reverse, loss, [1.0, 0.0, 0.0])[1]
    value: [1.24, 0.24, -0.96]
=#
using Enzyme

const M = [0.5 0.3 -0.2; 0.1 0.9 0.4; -0.6 0.2 0.7]
loss(t) = sum((M * t) .^ 2)
inner(t) = sum(gradient(Reverse, loss, t)[1])
outer(t) = gradient(Reverse, inner, t)[1]
