#= adrepro
title: A NamedTuple of slices of the argument
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/1192
tags: [reverse, namedtuple, slices]
checks:
  - call: gradient(Reverse, f, [1.0, 2.0, 3.0, 4.0])[1]
    value: [3.0, 4.0, 1.0, 2.0]
=#
using Enzyme

function f(x)
    parts = (a = x[1:2], b = x[3:4])
    return sum(parts.a .* parts.b)
end
