#= adrepro
title: Two dictionaries with keys of different types
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2580
tags: [reverse, dict]
checks:
  - call: autodiff(Reverse, f, Active, Active(3.0))[1][1]
    value: 12.0
=#
using Enzyme

function f(x)
    numbers = Dict(1 => x)
    names = Dict("a" => 2x)
    return numbers[1] * names["a"]
end
