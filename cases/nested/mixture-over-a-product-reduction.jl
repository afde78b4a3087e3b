#= adrepro
title: Forward over reverse and reverse over forward of mapreduce with *
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/265
tags: [nested, mapreduce]
checks:
  - call: forward_over_reverse(2.0)
    value: 24.0
  - call: reverse_over_forward(2.0)
    value: 24.0
=#
using Enzyme

f(x) = mapreduce(k -> k * x, *, 1:2) * x
forward(x) = autodiff(Forward, f, Duplicated(x, 1.0))[1]
reverse_(x) = autodiff(Reverse, f, Active, Active(x))[1][1]
forward_over_reverse(x) = autodiff(Forward, reverse_, Duplicated(x, 1.0))[1]
reverse_over_forward(x) = autodiff(Reverse, forward, Active, Active(x))[1][1]
