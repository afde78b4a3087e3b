#= adrepro
title: Derivative through a block matrix and differences along its rows
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/1119
tags: [reverse, hvcat, diff]
checks:
  - call: autodiff(Reverse, f, Active, Active(2.0))[1][1]
    value: 3.0
  - call: autodiff(Forward, f, Duplicated(2.0, 1.0))[1]
    value: 3.0
=#
using Enzyme

f(x) = sum(diff([0 x; 1 2x]; dims=2))
