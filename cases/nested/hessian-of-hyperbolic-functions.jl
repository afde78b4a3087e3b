#= adrepro
title: Second derivatives of coth and csch behind a branch
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/1628
tags: [nested, branch, math]
checks:
  - call: second(0.7)
    equals: "2coth(0.7) * csch(0.7)^2 + csch(0.7) * (coth(0.7)^2 + csch(0.7)^2)"
  - call: second(-0.7)
    value: 2.0
=#
using Enzyme

f(x) = x > 0 ? coth(x) + csch(x) : x^2
first_(x) = autodiff(Reverse, f, Active, Active(x))[1][1]
second(x) = autodiff(Forward, first_, Duplicated(x, 1.0))[1]
