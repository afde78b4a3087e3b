#= adrepro
title: The median of odd and even many numbers
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/880
tags: [reverse, Statistics]
checks:
  - call: gradient(Reverse, median, [3.0, 1.0, 2.0])[1]
    value: [0.0, 0.0, 1.0]
  - call: gradient(Reverse, median, [4.0, 1.0, 2.0, 9.0])[1]
    value: [0.5, 0.0, 0.5, 0.0]
=#
using Enzyme, Statistics
