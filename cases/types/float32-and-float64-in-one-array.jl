#= adrepro
title: ifelse between Float32 and Float64, stored into an array
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/809
tags: [reverse, Float32, setindex!]
checks:
  - call: gradient(Reverse, f, [1.0, -2.0, 3.0])[1]
    value: [2.0, 0.5, 6.0]
=#
using Enzyme

function f(x)
    y = zeros(Float64, length(x))
    for i in eachindex(x)
        y[i] = ifelse(x[i] > 0, x[i]^2, Float32(0.5) * x[i])
    end
    return sum(y)
end
