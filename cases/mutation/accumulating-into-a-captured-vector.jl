#= adrepro
title: A closure that accumulates into a vector which is differentiated too
tags: [reverse, closure, mutation, duplicated]
checks:
  - call: gradient(Reverse, run, [1.0, 2.0, 3.0])[1]
    value: [6.0, 3.0, 1.0]
  - call: gradient(Forward, run, [1.0, 2.0, 3.0])[1]
    value: [6.0, 3.0, 1.0]
=#
using Enzyme

function run(x)
    sums = similar(x)
    add(i, v) = (sums[i] = (i == 1 ? 0.0 : sums[i-1]) + v)
    for i in eachindex(x)
        add(i, x[i])
    end
    # 3x1 + 2x2 + x3, plus three times the first and once the second
    return sum(sums) + 3 * sums[1] + (sums[2] - sums[1])
end
