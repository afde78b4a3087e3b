#= adrepro
title: A solve where the matrix happens to be the identity
upstream: https://github.com/JuliaDiff/ForwardDiff.jl/issues/480
tags: [gradient, solve, branch]
checks:
  - call: gradient(Reverse, A -> sum(A \ b), [1.0 0.0; 0.0 1.0])[1]
    value: [[-1.0, -2.0], [-1.0, -2.0]]
  - call: ForwardDiff.gradient(A -> sum(A \ b), [1.0 0.0; 0.0 1.0])
    value: [[-1.0, -2.0], [-1.0, -2.0]]
=#
using Enzyme
import ForwardDiff

b = [1.0, 2.0]
