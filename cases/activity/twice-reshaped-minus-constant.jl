#= adrepro
title: Reshaped twice, then a constant is subtracted
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2214
tags: [reverse, reshape, const]
checks:
  - call: gradient(Reverse, distance, [1.0, 2.0, 3.0, 4.0], Const([0.5, 0.5, 0.5, 0.5]))[1]
    value: [1.0, 3.0, 5.0, 7.0]
=#
using Enzyme

distance(x, target) = sum(abs2, reshape(reshape(x, 2, 2), 4) - target)
