#= adrepro
title: A closure over a vector of vectors in a forward batch
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2936
tags: [batch, forward, closure]
checks:
  - call: batch([1.0, 2.0])
    value: [5.0, 11.0]
=#
using Enzyme

rows = [[1.0, 2.0], [4.0, 9.0]]
weigh(rows) = x -> sum(sum(r .* x) for r in rows)
batch(x) = collect(autodiff(Forward, weigh(rows), BatchDuplicated(x, ([1.0, 0.0], [0.0, 1.0])))[1])
