#= adrepro
title: All columns of a Hessian at once, by a batch of seeds over a reverse derivative
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/684
tags: [nested, batch, global]
checks:
  - call: columns()
    value: [[8.0, 2.0], [2.0, 0.0]]
=#
using Enzyme

scale = 2.0
f(x) = scale * x[1]^2 * x[2] / 2 + scale * x[1] * 1.5
slope(x) = gradient(Reverse, f, x)[1]
x = [1.0, 4.0]
columns() = collect(autodiff(Forward, slope, BatchDuplicated(x, ([1.0, 0.0], [0.0, 1.0])))[1])
