#= adrepro
title: The product of a rectangular matrix with its transpose
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2355
tags: [reverse, matrix, adjoint]
checks:
  - call: gradient(Reverse, A -> sum(A * A'), [1.0 2.0 3.0; 4.0 5.0 6.0])[1]
    value: [[10.0, 14.0, 18.0], [10.0, 14.0, 18.0]]
  - call: gradient(Reverse, y -> (row = reshape(y, 1, 3); sum(row' * row)), [1.0, 2.0, 3.0])[1]
    value: [12.0, 12.0, 12.0]
=#
using Enzyme, LinearAlgebra
