#= adrepro
title: A differentiated function that makes dual numbers of its own
upstream: https://github.com/JuliaDiff/ForwardDiff.jl/issues/769
tags: [dual, nested, forward]
checks:
  - call: ForwardDiff.derivative(inner_slope, 2.0)
    value: 12.0
  - call: ForwardDiff.value(Dual(3.0, 1.0)^2)
    value: 9.0
  - call: ForwardDiff.gradient(x -> inner_slope(x[1]) * x[2], [2.0, 5.0])
    value: [60.0, 12.0]
=#
import ForwardDiff
using ForwardDiff: Dual

struct Own end
# The slope of y^3 at x, by a dual number with a tag of its own.
inner_slope(x) = ForwardDiff.partials(Dual{Own}(x, one(x))^3, 1)
