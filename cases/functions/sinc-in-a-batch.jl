#= adrepro
title: '`sinc` with two tangents at once'
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/434
tags: [forward, batch, sinc]
checks:
  - call: collect(autodiff(Forward, sinc, BatchDuplicated(0.5, (1.0, 2.0)))[1])
    value: [-1.2732395447351628, -2.5464790894703255]
=#
using Enzyme
