#= adrepro
title: Second derivative of 2x^4 by the four combinations of modes
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2102
tags: [nested, reverse, forward, power]
checks:
  - call: reverse_derivative(f, 2.0)
    value: 64.0
  - call: reverse_derivative(x -> reverse_derivative(f, x), 2.0)
    value: 96.0
  - call: forward_derivative(x -> reverse_derivative(f, x), 2.0)
    value: 96.0
  - call: reverse_derivative(x -> forward_derivative(f, x), 2.0)
    value: 96.0
  - call: forward_derivative(x -> forward_derivative(f, x), 2.0)
    value: 96.0
=#
using Enzyme

f(x) = 2x^4
reverse_derivative(f, x) = autodiff(Reverse, f, Active, Active(x))[1][1]
forward_derivative(f, x) = autodiff(Forward, f, Duplicated, Duplicated(x, 1.0))[1]
