#= adrepro
title: A matrix with its rows in reverse order
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/906
tags: [reverse, matrix]
checks:
  - call: gradient(Reverse, x -> sum(reverse(x; dims=1) .* [1.0 2.0; 3.0 4.0]), ones(2, 2))[1]
    value: [[3.0, 4.0], [1.0, 2.0]]
=#
using Enzyme
