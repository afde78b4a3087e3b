#= adrepro
title: Reverse jacobian of a vector-valued function of a matrix
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/1391
tags: [reverse, jacobian, matrix]
notes: Every slice J[i, :, :] is 2x.
checks:
  - call: size(J)
    value: [6, 2, 3]
  - call: J[1, :, :]
    value: [[2.0, 4.0, 6.0], [8.0, 10.0, 12.0]]
  - call: J[6, :, :]
    value: [[2.0, 4.0, 6.0], [8.0, 10.0, 12.0]]
  - call: all(J[i, :, :] == 2x for i in 1:6)
    value: true
=#
using Enzyme

x = [1.0 2.0 3.0; 4.0 5.0 6.0]
f(x) = fill(sum(abs2, x), 6)
J = jacobian(Reverse, f, x)[1]
