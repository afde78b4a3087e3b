#= adrepro
title: Gradient of the Rosenbrock function in a loop over a vector of 1000
tags: [reverse, loop, vector]
checks:
  - call: gradient(Reverse, rosenbrock, ones(1000))[1] == zeros(1000)
    value: true
  - call: gradient(Reverse, rosenbrock, [0.5, 2.0, -1.0])[1]
    value: [-351.0, 4352.0, -1000.0]
  - call: maximum(abs, gradient(Reverse, rosenbrock, start)[1] - by_hand(start)) < 1e-9
    value: true
  - call: "[gradient(Reverse, rosenbrock, start)[1][k] for k in (1, 2, 999, 1000)]"
    equals: "[by_hand(start)[k] for k in (1, 2, 999, 1000)]"
=#
using Enzyme

function rosenbrock(x)
    total = zero(eltype(x))
    for i in 1:length(x)-1
        total += 100 * (x[i+1] - x[i]^2)^2 + (1 - x[i])^2
    end
    return total
end

function by_hand(x)
    g = zero(x)
    for i in 1:length(x)-1
        g[i] += -400 * x[i] * (x[i+1] - x[i]^2) - 2 * (1 - x[i])
        g[i+1] += 200 * (x[i+1] - x[i]^2)
    end
    return g
end

start = [0.5 + (i % 7) / 10 for i in 1:1000]
