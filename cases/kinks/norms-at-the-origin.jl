#= adrepro
title: Norms at the origin have the zero subgradient
upstream: https://github.com/JuliaDiff/ForwardDiff.jl/issues/243
tags: [norm, kink]
checks:
  - call: Enzyme.gradient(Reverse, norm, [0.0, 0.0])[1]
    value: [0.0, 0.0]
  - call: ForwardDiff.gradient(norm, [3.0, 4.0])
    value: [0.6, 0.8]
  - call: ForwardDiff.gradient(x -> norm(x)^2, [0.0, 0.0])
    value: [0.0, 0.0]
=#
using Enzyme, LinearAlgebra
import ForwardDiff
