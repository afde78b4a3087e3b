#= adrepro
title: An element that is overwritten after its old value was used
tags: [reverse, mutation, overwrite, nested]
notes: The value is x1^4 x2 + x1 x2 after the loop, so its gradient is (4 x1^3 x2 + x2, x1^4 + x1).
checks:
  - call: gradient(Reverse, f, [2.0, 3.0])[1]
    value: [99.0, 18.0]
  - call: gradient(Forward, f, [2.0, 3.0])[1]
    value: [99.0, 18.0]
  - call: hvp(f, [2.0, 3.0], [1.0, 0.0])
    value: [144.0, 33.0]
  - call: gradient(Reverse, x -> gradient(Reverse, f, x)[1][1], [2.0, 3.0])[1]
    value: [144.0, 33.0]
=#
using Enzyme

function f(x)
    y = copy(x)
    first = y[1] * y[2]
    y[1] = y[1] * y[1]
    y[1] *= y[1]
    y[2] = y[2] * y[1]
    return y[2] + first
end
