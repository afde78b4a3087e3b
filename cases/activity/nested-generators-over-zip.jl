#= adrepro
title: Sums of generators over zip, one inside the other
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/407
tags: [reverse, generator, zip]
checks:
  - call: gradient(Reverse, f, [1.0, 2.0], Const([3.0, 4.0]))[1]
    value: [33.0, 56.0]
=#
using Enzyme

f(x, w) = sum(a * b * sum(c^2 for (c, _) in zip(x, w)) for (a, b) in zip(x, w)) - 2sum(a^2 for a in x)
