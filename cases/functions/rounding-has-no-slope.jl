#= adrepro
title: Functions that jump have the slope zero, neighbours of a float the slope one
tags: [functions, rounding]
checks:
  - call: "[gradient(Reverse, x -> f(x) * 3.0, 1.3)[1] for f in jumping]"
    value: [0.0, 0.0, 0.0, 0.0, 0.0]
  - call: "[gradient(Forward, x -> f(x) * 3.0, 1.3)[1] for f in jumping]"
    value: [0.0, 0.0, 0.0, 0.0, 0.0]
  - call: "[gradient(Reverse, x -> f(x)^2, 1.5)[1] for f in (nextfloat, prevfloat)]"
    value: [3.0, 3.0]
  - call: "[gradient(Forward, x -> f(x)^2, 1.5)[1] for f in (nextfloat, prevfloat)]"
    value: [3.0, 3.0]
  - call: gradient(Reverse, x -> Float64(Float16(x)) * x, 1.5)[1]
    value: 3.0
  - call: gradient(Forward, x -> Float64(Float16(x)) * x, 1.5)[1]
    value: 3.0
=#
using Enzyme

const jumping = (floor, ceil, trunc, round, eps)
