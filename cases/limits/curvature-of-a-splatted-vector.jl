#= adrepro
title: Forward over reverse of a function that splats a vector
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/1336
tags: [limit, nested, splat]
checks:
  - call: curvature([1.0, 2.0], [1.0, 0.0])
    value: [0.0, 1.0]
    on:
      builtin:enzyme-0.13: fails ad.splat-under-nesting
  - call: slopes([1.0, 2.0])
    value: [2.0, 1.0]
    on:
      builtin:enzyme-0.13: pass
=#
using Enzyme

product(a, b) = a * b
splatted(v) = product(v...)
slopes(v) = (dv = zero(v); autodiff(Reverse, Const(splatted), Active, Duplicated(v, dv)); dv)
curvature(v, along) = autodiff(Forward, Const(slopes), Duplicated(v, along))[1]
