#= adrepro
title: A function reads a global that is not constant
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/1882
tags: [limit, globals, warning]
notes: The limit warns, and the derivative is right all the same.
checks:
  - call: slope(2.0)
    value: 3.0
    on:
      builtin:enzyme-0.13: pass
=#
using Enzyme

factor = 3.0
scaled(x) = factor * x
slope(x) = autodiff(Reverse, scaled, Active, Active(x))[1][1]
