#= adrepro
title: A result that depends on a global that is not constant
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/185
tags: [global, reverse]
notes: The factor itself is a constant, and what is computed with it depends on the argument all the same.
checks:
  - call: autodiff(Reverse, scaled, Active, Active(3.0))[1][1]
    value: 12.0
  - call: autodiff(Forward, scaled, Duplicated(3.0, 1.0))[1]
    value: 12.0
=#
using Enzyme

factor = 2.0
scaled(x) = factor * x^2
