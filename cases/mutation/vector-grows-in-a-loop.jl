#= adrepro
title: 'A vector that a loop fills by `push!`'
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/430
tags: [reverse, push, loop]
checks:
  - call: autodiff(Reverse, f, Active, Active(2.0))[1][1]
    value: 56.0
  - call: autodiff(Forward, f, Duplicated(2.0, 1.0))[1]
    value: 56.0
=#
using Enzyme

function f(x)
    out = Float64[]
    for i in 1:3
        push!(out, x * i)
    end
    return sum(abs2, out)
end
