#= adrepro
title: A dictionary with keys of any type holds what is differentiated
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2866
tags: [limit, dict, types]
checks:
  - call: slope(3.0)
    value: 6.0
    on:
      builtin:enzyme-0.13: fails ad.abstract-keys
  - call: slope_symbols(3.0)
    value: 6.0
    on:
      builtin:enzyme-0.13: pass
=#
using Enzyme

stored(x, d) = (d[:a] = x; d[:b] = 2 * x; d[:a] * d[:b] / 2)
slope(x) = autodiff(Reverse, x -> stored(x, Dict{Any,Float64}()), Active, Active(x))[1][1]
slope_symbols(x) = autodiff(Reverse, x -> stored(x, Dict{Symbol,Float64}()), Active, Active(x))[1][1]
