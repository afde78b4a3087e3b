#= adrepro
title: A global that is no constant
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2910
tags: [reverse, global]
checks:
  - call: autodiff(Reverse, f, Active, Active(2.0))[1][1]
    value: 12.0
=#
using Enzyme

factor = 3.0
f(x) = factor * x^2
