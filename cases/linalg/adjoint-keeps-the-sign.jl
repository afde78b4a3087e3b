#= adrepro
title: Adjoints and conjugates of real and of complex arrays
upstream: https://github.com/JuliaDiff/ForwardDiff.jl/issues/33
tags: [adjoint, conj, complex]
checks:
  - call: ForwardDiff.gradient(x -> (x' * A * x)[1], v)
    equals: (A + A') * v
  - call: ForwardDiff.derivative(x -> conj(x)^3, 2.0)
    value: 12.0
  - call: ForwardDiff.derivative(t -> imag(conj(t + t^2 * im)), 1.5)
    value: -3.0
  - call: Enzyme.gradient(Reverse, x -> imag(([x[1] + 2im, x[2] - 1im])' * [1im, x[1] + 0im]), v)[1]
    value: [2.0, 0.0]
=#
using Enzyme, LinearAlgebra
import ForwardDiff

A = [1.0 2.0; 3.0 4.0]
v = [1.0, -2.0]
