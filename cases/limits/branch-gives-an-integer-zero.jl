#= adrepro
title: A branch gives the integer 0, so the result is a union of Float64 and Int64
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/236
tags: [limit, types, control]
checks:
  - call: slope(rectified, 2.0)
    value: 1.0
    on:
      builtin:enzyme-0.13: fails ad.union-return
  - call: slope(rectified_float, 2.0)
    value: 1.0
    on:
      builtin:enzyme-0.13: pass
=#
using Enzyme

rectified(x) = x > 0 ? x : 0
rectified_float(x) = x > 0 ? x : zero(x)
slope(f, x) = autodiff(Forward, f, Duplicated(x, 1.0))[1]
