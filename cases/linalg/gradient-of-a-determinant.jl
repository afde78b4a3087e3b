#= adrepro
title: The gradient of a determinant is its cofactors
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/709
tags: [reverse, forward, det]
checks:
  - call: gradient(Reverse, det, [1.0 2.0; 3.0 4.0])[1]
    value: [[4.0, -3.0], [-2.0, 1.0]]
  - call: gradient(Reverse, det, [0.0 1.0 0.0; 0.0 0.0 1.0; 1.0 0.0 0.0])[1]
    value: [[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]
=#
using Enzyme, LinearAlgebra
