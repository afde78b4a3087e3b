#= adrepro
title: An inner gradient into a buffer, of a function that ignores its argument
upstream: https://github.com/JuliaDiff/ForwardDiff.jl/issues/847
tags: [nested, buffer, forward]
checks:
  - call: ForwardDiff.derivative(through_buffer, 2.0)
    value: 0.0
  - call: ForwardDiff.derivative(through_used_buffer, 2.0)
    value: 9.0
=#
import ForwardDiff

function through_buffer(p)
    result = fill(7 * one(p), 2)
    ForwardDiff.gradient!(result, x -> p^2, [1.0, 1.0])
    return sum(result)
end
function through_used_buffer(p)
    result = fill(7 * one(p), 2)
    ForwardDiff.gradient!(result, x -> p * x[1]^3 + x[2], [sqrt(3.0), 1.0])
    return sum(result)
end
