#= adrepro
title: Broadcast with a number in an untyped global
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/1482
tags: [reverse, broadcast, global]
checks:
  - call: gradient(Reverse, f, [1.0, 2.0])[1]
    value: [6.0, 12.0]
=#
using Enzyme

factor = 3.0
f(x) = sum(factor .* x .^ 2)
