#= adrepro
title: A reverse jacobian with a constant argument
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2459
tags: [reverse, jacobian, const]
checks:
  - call: jacobian(Reverse, (x, y) -> x .* y, [1.0, 2.0], Const([3.0, 4.0]))[1]
    value: [[3.0, 0.0], [0.0, 4.0]]
=#
using Enzyme
