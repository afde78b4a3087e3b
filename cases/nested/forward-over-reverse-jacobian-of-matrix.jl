#= adrepro
title: Forward over reverse for a matrix-valued function of a number
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2635
tags: [nested, matrix, forward, reverse]
checks:
  - call: second(table, 0.5)
    equals: "[-sin(0.5) -4sin(1.0); -cos(0.5) -4cos(1.0)]"
=#
using Enzyme

table(x::Number) = vcat(hcat(sin(x), sin(2x)), hcat(cos(x), cos(2x)))
first_(f, x) = Enzyme.jacobian(Enzyme.Reverse, f, x)[1]
second(f, x) = Enzyme.autodiff(Enzyme.Forward, y -> first_(f, y), Enzyme.Duplicated(x, 1.0))[1]
