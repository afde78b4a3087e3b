#= adrepro
title: A functor that writes to its own field, in batches
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/1783
tags: [batch, functor, forward]
checks:
  - call: batch()
    value: [2.0, 4.0]
=#
using Enzyme

mutable struct Meter
    last::Float64
end
function (m::Meter)(x)
    m.last = x^2
    return m.last
end
function batch()
    shadows = (Meter(0.0), Meter(0.0))
    return collect(autodiff(Forward, BatchDuplicated(Meter(0.0), shadows), BatchDuplicated(1.0, (1.0, 2.0)))[1])
end
