#= adrepro
title: A branch that gives a number or an Int zero
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/236
tags: [reverse, forward, union, branch]
checks:
  - call: autodiff(Reverse, f, Active, Active(3.0))[1][1]
    value: 6.0
  - call: autodiff(Reverse, f, Active, Active(-3.0))[1][1]
    value: 0.0
  - call: autodiff(Forward, f, Duplicated(3.0, 1.0))[1]
    value: 6.0
=#
using Enzyme

part(x) = x > 0 ? x : 0
f(x) = part(x)^2
