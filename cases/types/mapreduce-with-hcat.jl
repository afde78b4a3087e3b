#= adrepro
title: Columns are joined again by mapreduce with hcat
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2287
tags: [reverse, mapreduce, hcat, eachcol]
checks:
  - call: gradient(Reverse, f, [1.0 2.0; 3.0 4.0])[1]
    value: [[2.0, 4.0], [6.0, 8.0]]
=#
using Enzyme

f(x) = sum(abs2, mapreduce(identity, hcat, eachcol(x)))
