#= adrepro
title: A mutable functor without fields, in a forward batch
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2364
tags: [batch, forward, functor]
checks:
  - call: collect(autodiff(Forward, Plain(), BatchDuplicated([1.0, 2.0], ([1.0, 0.0], [0.0, 1.0])))[1])
    value: [2.0, 4.0]
=#
using Enzyme

mutable struct Plain end
(::Plain)(x) = x[1]^2 + x[2]^2
