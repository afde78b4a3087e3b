#= adrepro
title: Gradient of the trace of U'U
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2999
tags: [reverse, adjoint, matrix-product]
notes: The gradient is 2U.
checks:
  - call: gradient(Reverse, f, U)[1]
    value: [[2.0, 4.0], [-6.0, 1.0], [0.5, 8.0]]
  - call: gradient(Forward, f, U)[1]
    value: [[2.0, 4.0], [-6.0, 1.0], [0.5, 8.0]]
=#
using Enzyme, LinearAlgebra

f(U) = tr(U'U)
U = [1.0 2.0; -3.0 0.5; 0.25 4.0]
