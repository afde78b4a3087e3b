#= adrepro
title: A captured variable is assigned again, now a tuple
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/3407
tags: [reverse, closure, boxed]
checks:
  - call: autodiff(Reverse, f, Active, Active(3.0))[1][1]
    value: 8.0
=#
using Enzyme

function f(x)
    pair = (x, 2x)
    update() = (pair = (pair[1]^2, pair[2]); nothing)
    update()
    return pair[1] + pair[2]
end
