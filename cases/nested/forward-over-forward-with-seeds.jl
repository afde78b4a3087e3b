#= adrepro
title: Forward-over-forward of x^4 where the inner tangent moves as well
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2253
tags: [nested, forward, power]
notes: The value is f''(x) z^2 + f'(x) w.
checks:
  - call: second(1.0, 1.0, 1.0)
    value: 16.0
  - call: second(1.0, 1.0, 0.0)
    value: 12.0
  - call: second(2.0, 3.0, 0.5)
    value: 448.0
=#
using Enzyme

quartic(x) = x^4
along(x, z) = autodiff(Forward, y -> quartic(y), Duplicated(x, z))[1]
second(x, z, w) = autodiff(Forward, along, Duplicated(x, z), Duplicated(z, w))[1]
