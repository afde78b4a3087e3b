#= adrepro
title: A struct that is built by splatting an empty untyped vector
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/1594
tags: [forward, reverse, splat, struct]
checks:
  - call: autodiff(Forward, f, Duplicated(0.5, 1.0))[1]
    value: 1.0
  - call: autodiff(Reverse, f, Active, Active(0.5))[1][1]
    value: 1.0
=#
using Enzyme

struct Holder
    extras::Vector{Any}
    x::Float64
end
Holder(x, extras...) = Holder(Any[extras...], x)
function f(x)
    nothing_else = Any[]
    return Holder(x, nothing_else...).x
end
