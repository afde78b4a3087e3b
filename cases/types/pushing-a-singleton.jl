#= adrepro
title: Singletons are collected when they are not in the list yet
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2738
tags: [reverse, struct, push!]
checks:
  - call: autodiff(Reverse, f, Active, Active(3.0))[1][1]
    value: 12.0
=#
using Enzyme

struct Marker end
function f(x)
    seen = Marker[]
    for _ in 1:3
        Marker() in seen || push!(seen, Marker())
    end
    return length(seen) * 2 * x^2
end
