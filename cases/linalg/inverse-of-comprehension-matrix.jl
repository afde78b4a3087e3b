#= adrepro
title: The inverse of a matrix made by a comprehension
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2260
tags: [reverse, forward, inv, comprehension]
checks:
  - call: gradient(Reverse, f, [1.0, 2.0, 4.0])[1]
    equals: "collect(gradient(Forward, f, [1.0, 2.0, 4.0])[1])"
  - call: f([1.0, 2.0])
    value: -0.5
=#
using Enzyme, LinearAlgebra

vandermonde(x) = [x[i]^(j - 1) for i in eachindex(x), j in eachindex(x)]
f(x) = tr(inv(vandermonde(x))) - 3.5
