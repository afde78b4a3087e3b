#= adrepro
title: Halves of a vector filled by broadcast assignment to slices and a view
tags: [reverse, forward, mutation, broadcast, view]
checks:
  - call: jacobian(Reverse, halves, 1.0)[1]
    equals: "[cos(1.0), cos(1.0), 2cos(2.0), 2cos(2.0), 3.0]"
  - call: jacobian(Forward, halves, 1.0)[1]
    equals: "[cos(1.0), cos(1.0), 2cos(2.0), 2cos(2.0), 3.0]"
=#
using Enzyme

function halves(x)
    y = zeros(typeof(x), 5)
    y[1:2] .= sin(x)
    tail = view(y, 3:4)
    tail .= sin(2x)
    y[end] = 3x
    y[end] += 0.0
    return y
end
