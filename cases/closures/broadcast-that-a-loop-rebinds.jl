#= adrepro
title: A loop that assigns its variable to a broadcast of a closure
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/701
tags: [forward, closure, loop, broadcast]
checks:
  - call: collect(gradient(Forward, p -> sum(net([1.0])(p)), [1.0, 0.5])[1])
    value: [0.11228467247231577, -0.14419431815415754]
=#
using Enzyme

net(x) = function (p)
    y = x
    for a in p
        y = cos.(a .* y)
    end
    return y
end
