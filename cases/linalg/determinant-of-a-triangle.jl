#= adrepro
title: The determinant of a triangular matrix
upstream: https://github.com/JuliaDiff/ForwardDiff.jl/issues/403
tags: [derivative, triangular]
checks:
  - call: ForwardDiff.derivative(f, 3.0)
    value: 6.0
=#
using Enzyme
using LinearAlgebra
import ForwardDiff

f(x) = det(UpperTriangular([x 1.0; 0.0 x]))
