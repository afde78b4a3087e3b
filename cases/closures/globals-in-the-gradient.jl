#= adrepro
title: Globals without a type beside what is differentiated
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/1882
tags: [reverse, global, tuple]
checks:
  - call: autodiff(Reverse, f, Active, Active((2.0, 3.0)))[1][1]
    value: [15.0, 10.0]
  - call: autodiff(Reverse, g, Active, Active(2.0))[1][1]
    value: 20.0
=#
using Enzyme

scale = 5.0
f(t) = scale * t[1] * t[2]
g(x) = (y = scale * x; y * x)
