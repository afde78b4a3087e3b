#= adrepro
title: A range whose ends are differentiated
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/274
tags: [reverse, range]
checks:
  - call: gradient(Reverse, f, 1.0, 3.0)
    value: [4.0, 8.0]
=#
using Enzyme

f(a, b) = sum(k * x for (k, x) in enumerate(range(a, b; length=3))) * 2
