#= adrepro
title: Third derivative of sin(x)exp(x) by three nested reverse sweeps
tags: [nested, reverse, order-3]
notes: The third derivative is 2exp(x)(cos(x) - sin(x)).
checks:
  - call: D(f, 0.5)
    value: 2.2373281197977843
    rtol: 1.0e-12
  - call: D(x -> D(f, x), 0.5)
    value: 2.8937780731683387
    rtol: 1.0e-12
  - call: D(x -> D(y -> D(f, y), x), 0.5)
    value: 1.3128999067411087
    rtol: 1.0e-12
=#
using Enzyme

f(x) = sin(x) * exp(x)
D(f, x) = autodiff(Reverse, f, Active, Active(x))[1][1]
