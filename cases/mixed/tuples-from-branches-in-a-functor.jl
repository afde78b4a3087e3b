#= adrepro
title: A functor whose branches give tuples
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2987
tags: [reverse, jacobian, functor, tuple]
checks:
  - call: jacobian(Reverse, Gate(1.0), [2.0, 3.0])[1]
    value: [[3.0, 2.0], [0.0, 1.0]]
  - call: jacobian(Reverse, Gate(9.0), [2.0, 3.0])[1]
    value: [[0.0, 1.0], [1.0, 0.0]]
=#
using Enzyme

struct Gate
    at::Float64
end
function (g::Gate)(x)
    a, b = x[1] > g.at ? (x[1] * x[2], x[2]) : (x[2], x[1])
    return [a, b]
end
