#= adrepro
title: A callable struct is passed with two shadows
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/1783
tags: [limit, batch, struct]
checks:
  - call: tangents(2.0)
    value: [4.0, 8.0]
    on:
      builtin:enzyme-0.13: fails ad.batched-functor
=#
using Enzyme

struct Scaled
    factors::Vector{Float64}
end
(s::Scaled)(x) = s.factors[1] * x^2
function tangents(x)
    s = Scaled([3.0])
    shadows = (Scaled([1.0]), Scaled([2.0]))
    along = autodiff(Forward, BatchDuplicated(s, shadows), BatchDuplicated, BatchDuplicated(x, (0.0, 0.0)))[1]
    [along[1], along[2]]
end
