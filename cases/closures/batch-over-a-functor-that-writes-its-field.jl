#= adrepro
title: A batch of shadows of a callable struct that writes to its own field
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2801
tags: [functor, batch, mutation, reverse]
checks:
  - call: shadows_of_batch()
    value: [[6.0, 12.0], [6.0, 12.0]]
=#
using Enzyme

struct Scaler
    factor::Vector{Float64}
    last::Vector{Float64}
end
function (s::Scaler)(x)
    s.last .= s.factor .* x
    return sum(abs2, s.last)
end
fresh() = Scaler([1.0, 2.0], [0.0, 0.0])
function shadows_of_batch()
    x, shadows = [3.0, 1.5], ([0.0, 0.0], [0.0, 0.0])
    autodiff(Reverse, BatchDuplicated(fresh(), (Enzyme.make_zero(fresh()), Enzyme.make_zero(fresh()))), Active, BatchDuplicated(x, shadows))
    return collect(shadows)
end
