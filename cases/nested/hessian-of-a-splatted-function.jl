#= adrepro
title: Second derivatives of a function of many arguments that are splatted
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/1336
tags: [nested, varargs, splat]
checks:
  - call: column(1)
    value: [12.0, 4.0, 0.0]
  - call: column(2)
    value: [4.0, 2.0, 0.0]
=#
using Enzyme

f(x...) = x[1]^2 * x[2] * 2 + x[2]^2 + x[3]
g(v) = f(v...)
point = [1.0, 3.0, 5.0]
slope(v) = gradient(Reverse, g, v)[1]
column(k) = autodiff(Forward, slope, Duplicated(point, [Float64(i == k) for i in 1:3]))[1]
