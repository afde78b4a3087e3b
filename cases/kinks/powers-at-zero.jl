#= adrepro
title: First and zeroth powers at zero
upstream: https://github.com/JuliaDiff/ForwardDiff.jl/issues/412
tags: [derivative, power]
checks:
  - call: ForwardDiff.derivative(x -> x^1, 0.0)
    value: 1.0
  - call: ForwardDiff.derivative(x -> x^0, 0.0)
    value: 0.0
  - call: ForwardDiff.derivative(x -> ForwardDiff.derivative(y -> y^2, x), 0.0)
    value: 2.0
=#
using Enzyme
import ForwardDiff
