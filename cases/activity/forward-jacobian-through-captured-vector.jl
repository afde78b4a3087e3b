#= adrepro
title: A forward Jacobian through a closure over a vector
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/377
tags: [forward, jacobian, closure]
checks:
  - call: jacobian(Forward, model([2.0, 3.0]), [1.0, 4.0])[1]
    value: [[4.0, 0.0], [12.0, 3.0]]
=#
using Enzyme

model(p) = x -> [p[1] * x[1]^2, p[2] * x[1] * x[2]]
