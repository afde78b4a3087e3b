#= adrepro
title: Gradient through a buffer made by zeros and filled element by element
upstream: https://github.com/JuliaDiff/ReverseDiff.jl/issues/113
tags: [reverse, mutation, setindex]
checks:
  - call: gradient(Reverse, f, [1.0, 2.0])[1]
    value: [5.0, 10.0]
  - call: ForwardDiff.gradient(f, [1.0, 2.0])
    value: [5.0, 10.0]
=#
using Enzyme
import ForwardDiff

function f(x)
    y = zeros(eltype(x), 2)
    y[1] = 5 * x[1]
    y[2] = 10 * x[2]
    sum(y)
end
