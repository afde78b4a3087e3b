#= adrepro
title: Values that are differentiated are pushed to an empty list of Any
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2825
tags: [limit, mutation, types]
checks:
  - call: slope(3.0)
    value: 12.0
    on:
      builtin:enzyme-0.13: fails ad.untyped-growth
=#
using Enzyme

function pushed(x)
    list = []
    foreach(k -> push!(list, k * x), 1:2)
    (list[1]::Float64) * (list[2]::Float64)
end
slope(x) = autodiff(Reverse, pushed, Active, Active(x))[1][1]
