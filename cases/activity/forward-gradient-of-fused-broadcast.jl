#= adrepro
title: A forward gradient of a sum of fused sines and cosines
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2454
tags: [forward, broadcast]
checks:
  - call: collect(gradient(Forward, f, [0.1, 0.2, 0.3])[1])
    equals: "cos.(2 .* [0.1, 0.2, 0.3]) .* 2"
=#
using Enzyme

f(x) = sum(2 .* sin.(x) .* cos.(x))
