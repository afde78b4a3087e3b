#= adrepro
title: Reverse mode over a deferred derivative whose function gives an array
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2303
tags: [nested, deferred, reverse]
checks:
  - call: autodiff(Reverse, norm_of_slope, Active, Active(0.7))[1][1]
    equals: expected(0.7)
  - call: autodiff(Forward, norm_of_slope, Duplicated(0.7, 1.0))[1]
    equals: expected(0.7)
=#
using Enzyme

curve(t) = [sin(t), t^2, exp(-t)]
slope(t) = autodiff_deferred(Forward, Const(curve), Duplicated(t, 1.0))[1]
norm_of_slope(t) = sum(abs2, slope(t))
expected(t) = -2cos(t) * sin(t) + 8t - 2exp(-2t)
