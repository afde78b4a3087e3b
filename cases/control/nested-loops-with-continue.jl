#= adrepro
title: Nested loops with continue and a loop-carried pair
tags: [reverse, loop, continue, tuple]
notes: The inner loops leave 2 x1 x2 + 2 x1 x3 + 2 x2 x3, the pair leaves the alternating sum.
checks:
  - call: gradient(Reverse, f, [1.0, 2.0, 3.0])[1]
    value: [11.0, 8.0, 7.0]
  - call: gradient(Forward, f, [1.0, 2.0, 3.0])[1]
    value: [11.0, 8.0, 7.0]
  - call: hvp(f, [1.0, 2.0, 3.0], [1.0, 0.0, 1.0])
    value: [2.0, 4.0, 2.0]
=#
using Enzyme

function f(x)
    total = 0.0
    for i in 1:3, j in 1:3
        i == j && continue
        total += x[i] * x[j]
    end
    a, b = 0.0, 0.0
    for v in x
        a, b = b + v, a
    end
    return total + a
end
