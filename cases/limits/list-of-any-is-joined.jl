#= adrepro
title: A list of Any is joined with an array that is differentiated
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2589
tags: [limit, arrays, types]
checks:
  - call: slopes([1.0, 2.0])
    value: [2.0, 4.0]
    on:
      builtin:enzyme-0.13: fails ad.any-concatenation
=#
using Enzyme

sum_of_squares(x) = sum(abs2, vcat(Any[1], x))::Float64
slopes(x) = gradient(Reverse, sum_of_squares, x)[1]
