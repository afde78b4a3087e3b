#= adrepro
title: The middle of two numbers and of a vector
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/876
tags: [reverse, Statistics]
checks:
  - call: gradient(Reverse, middle, 1.0, 4.0)
    value: [0.5, 0.5]
  - call: gradient(Reverse, middle, [3.0, 1.0, 2.0])[1]
    value: [0.5, 0.5, 0.0]
=#
using Enzyme, Statistics
