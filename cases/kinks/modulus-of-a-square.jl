#= adrepro
title: The second derivative of the modulus of a negative square
upstream: https://github.com/JuliaDiff/ForwardDiff.jl/issues/377
tags: [nested, abs]
checks:
  - call: ForwardDiff.derivative(x -> ForwardDiff.derivative(y -> abs(-y^2), x), 1.0)
    value: 2.0
=#
using Enzyme
import ForwardDiff
