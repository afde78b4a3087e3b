#= adrepro
title: A constant that is flattened with [:] is added to what is differentiated
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2288
tags: [reverse, indexing, const]
checks:
  - call: gradient(Reverse, f, [1.0, 2.0], Const([3.0 4.0]))[1]
    value: [8.0, 12.0]
=#
using Enzyme

f(x, y) = sum((x .+ y[:]) .^ 2)
