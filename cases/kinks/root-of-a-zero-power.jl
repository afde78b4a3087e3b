#= adrepro
title: Roots and powers at zero
upstream: https://github.com/JuliaDiff/ForwardDiff.jl/issues/55
tags: [sqrt, power, kink]
notes: The engine's convention is 0 for the root at 0, as Enzyme has it; ForwardDiff itself gives Inf there.
checks:
  - call: autodiff(Forward, x -> sqrt(x)^4, Duplicated(0.0, 1.0))[1]
    value: 0.0
  - call: ForwardDiff.gradient(x -> (x[1]^2 + x[2]^2)^1.5, [0.0, 0.0])
    value: [0.0, 0.0]
  - call: ForwardDiff.gradient(x -> x[1]^x[2], [2.0, 0.0])
    equals: "[0.0, log(2)]"
=#
using Enzyme
import ForwardDiff
