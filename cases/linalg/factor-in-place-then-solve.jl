#= adrepro
title: An LU factorisation in place, and two solves with it
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2956
tags: [lu, mutation, reverse]
checks:
  - call: Enzyme.gradient(Reverse, solved, A)[1]
    equals: by_adjoint()
=#
using Enzyme, LinearAlgebra

A = [0.0 2.0; 3.0 1.0]
function solved(A)
    F = lu!(copy(A))
    x = ldiv!(F, [1.0, 4.0])
    ldiv!(F, x)
    return sum(x)
end
# x = A \ (A \ b), and the adjoint of a solve is a solve with the transpose.
function by_adjoint()
    y = A \ [1.0, 4.0]
    x = A \ y
    u = A' \ [1.0, 1.0]
    w = A' \ u
    return -u * x' - w * y'
end
