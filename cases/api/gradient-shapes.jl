#= adrepro
title: gradient and jacobian return one derivative for each argument, in the shape of that argument
tags: [api, gradient, jacobian]
checks:
  - call: gradient(Reverse, x -> x^3, 2.0)
    equals: (12.0,)
  - call: gradient(Reverse, weighted, [1.0, 2.0], [3.0, 4.0])
    equals: "([3.0, 4.0], [1.0, 2.0])"
  - call: gradient(Reverse, weighted, [1.0, 2.0], Const([3.0, 4.0]))
    equals: "([3.0, 4.0], nothing)"
  - call: gradient(Reverse, t -> t[1] * t[2], (2.0, 5.0))
    equals: ((5.0, 2.0),)
  - call: gradient(ReverseWithPrimal, x -> sum(abs2, x), [1.0, 2.0]).val
    value: 5.0
  - call: gradient(ReverseWithPrimal, x -> sum(abs2, x), [1.0, 2.0]).derivs[1]
    value: [2.0, 4.0]
  - call: gradient(Forward, x -> [x, x^2], 3.0)[1]
    value: [1.0, 6.0]
  - call: jacobian(Reverse, outer, [1.0, 2.0])[1]
    value: [[1.0, 0.0], [4.0, 2.0], [0.0, 4.0]]
  - call: jacobian(Forward, outer, [1.0, 2.0])[1]
    value: [[1.0, 0.0], [4.0, 2.0], [0.0, 4.0]]
  - call: size(jacobian(Reverse, x -> [x[1] x[2]; x[2] x[1]], [1.0, 2.0])[1])
    value: [2, 2, 2]
  - call: jacobian(Reverse, x -> [x[1] x[2]; x[2] x[1]], [1.0, 2.0])[1] == jacobian(Forward, x -> [x[1] x[2]; x[2] x[1]], [1.0, 2.0])[1]
    value: true
=#
using Enzyme

weighted(x, y) = sum(x .* y)
outer(x) = [x[1], 2 * x[1] * x[2], x[2]^2]
