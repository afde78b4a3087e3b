#= adrepro
title: A tuple of a vector and a number comes out of a function held by a global
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/1055
tags: [reverse, global, tuple]
checks:
  - call: gradient(Reverse, f, [1.0, 2.0])[1]
    value: [10.0, 20.0]
=#
using Enzyme

split(x) = (2 .* x, sum(x))
chosen = split
function f(x)
    doubled, total = chosen(x)
    return sum(abs2, doubled) + total^2 - (x[1] + x[2])^2 + sum(abs2, x)
end
