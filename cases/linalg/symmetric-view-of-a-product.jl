#= adrepro
title: A quadratic form through Symmetric counts the upper half twice
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2644
tags: [symmetric, reverse, forward]
checks:
  - call: Enzyme.gradient(Reverse, form, A)[1]
    value: [[1.0, 4.0, 6.0], [0.0, 4.0, 12.0], [0.0, 0.0, 9.0]]
  - call: Enzyme.gradient(Forward, form, A)[1]
    value: [[1.0, 4.0, 6.0], [0.0, 4.0, 12.0], [0.0, 0.0, 9.0]]
=#
using Enzyme, LinearAlgebra

A = [2.0 1.0 0.5; 7.0 3.0 -1.0; 8.0 9.0 4.0]
v = [1.0, 2.0, 3.0]
form(A) = (w = [1.0, 2.0, 3.0]; dot(w, Symmetric(A) * w))
