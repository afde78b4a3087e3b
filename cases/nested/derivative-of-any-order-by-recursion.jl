#= adrepro
title: A derivative of an order that only the running program knows, by a function that differentiates itself
tags: [nested, recursion, closure, forward]
checks:
  - call: "[order(x -> x^4, n)(2.0) for n in 0:5]"
    equals: "[16.0, 32.0, 48.0, 48.0, 24.0, 0.0]"
  - call: autodiff(Reverse, x -> order(sin, 2)(x) * x, Active, Active(0.3))[1][1]
    equals: -sin(0.3) - 0.3cos(0.3)
=#
using Enzyme

order(f, n) = n == 0 ? f : x -> autodiff(Forward, order(f, n - 1), Duplicated(x, 1.0))[1]
