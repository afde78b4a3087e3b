#= adrepro
title: The modulus of a root of a complex number
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/1319
tags: [reverse, complex]
checks:
  - call: autodiff(Reverse, x -> abs(sqrt(x + x * im)), Active, Active(4.0))[1][1]
    value: 0.29730177875068026
=#
using Enzyme
