#= adrepro
title: A power of a complex number
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/547
tags: [reverse, holomorphic, power]
checks:
  - call: reim(autodiff(ReverseHolomorphic, z -> z^3, Active, Active(1.0 + 2.0im))[1][1])
    value: [-9.0, 12.0]
=#
using Enzyme
