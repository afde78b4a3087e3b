#= adrepro
title: A branch that asks whether a number is zero
upstream: https://github.com/JuliaDiff/ForwardDiff.jl/issues/607
tags: [iszero, branch]
notes: The branch is taken as the value says, and the derivative is that of the branch; a rewritten branch that agrees around zero keeps the slope.
checks:
  - call: ForwardDiff.derivative(cut, 0.0)
    value: 0.0
  - call: ForwardDiff.derivative(uncut, 0.0)
    value: 3.0
  - call: ForwardDiff.derivative(cut, 1.0)
    value: 3.0
  - call: Enzyme.gradient(Reverse, x -> dot(x, Diagonal([0.0, 1.0]) * x), [1.0, 0.0])[1]
    value: [0.0, 0.0]
=#
using Enzyme, LinearAlgebra
import ForwardDiff

cut(x) = iszero(x) ? zero(x) : 3x
uncut(x) = iszero(x) ? 3x : 3x + 0 * x^2
