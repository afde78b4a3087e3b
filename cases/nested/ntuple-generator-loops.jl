#= adrepro
title: Forward over reverse of sums over tuples made by ntuple
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2072
tags: [nested, ntuple, generator]
checks:
  - call: second(1.5)
    value: 49.0
=#
using Enzyme

function f(x)
    t = ntuple(k -> k * x^k, Val(3))
    return sum(a for a in t) + sum(prod(t[1:2]) for _ in 1:1)
end
first_(x) = autodiff(Reverse, f, Active, Active(x))[1][1]
second(x) = autodiff(Forward, first_, Duplicated(x, 1.0))[1]
