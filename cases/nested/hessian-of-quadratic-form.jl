#= adrepro
title: Hessian of x'Ax + sum of cubes in four ways
tags: [nested, hessian, hvp, matrix]
checks:
  - call: hvp(f, x, v)
    value: [-1.0, 29.0]
  - call: hcat(hvp(f, x, [1.0, 0.0]), hvp(f, x, [0.0, 1.0]))
    value: [[8.0, 5.0], [5.0, 13.0]]
  - call: jacobian(Forward, y -> gradient(Reverse, f, y)[1], x)[1]
    value: [[8.0, 5.0], [5.0, 13.0]]
  - call: jacobian(Reverse, y -> gradient(Reverse, f, y)[1], x)[1]
    value: [[8.0, 5.0], [5.0, 13.0]]
  - call: ForwardDiff.hessian(f, x)
    value: [[8.0, 5.0], [5.0, 13.0]]
=#
using Enzyme
import ForwardDiff

const A = [1.0 2.0; 3.0 0.5]
f(x) = x' * A * x + sum(x .^ 3)
x = [1.0, 2.0]
v = [-2.0, 3.0]
