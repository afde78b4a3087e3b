#= adrepro
title: fma between max and min in forward mode
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/688
tags: [forward, fma, kinks]
checks:
  - call: autodiff(Forward, f, Duplicated(0.5, 1.0))[1]
    value: 2.0
  - call: autodiff(Forward, f, Duplicated(5.0, 1.0))[1]
    value: 0.0
=#
using Enzyme

f(x) = max(min(fma(2.0, x, 1.0), 4.0), -4.0)
