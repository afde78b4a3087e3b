#= adrepro
title: A coefficient is taken out of a Dict, or a default
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/892
tags: [reverse, Dict]
checks:
  - call: autodiff(Reverse, f, Active, Active(2.0), Const(:a))[1][1]
    value: 12.0
  - call: autodiff(Reverse, f, Active, Active(2.0), Const(:z))[1][1]
    value: 4.0
=#
using Enzyme

const factors = Dict(:a => 3.0, :b => 4.0)
f(x, key) = get(factors, key, 1.0) * x^2
