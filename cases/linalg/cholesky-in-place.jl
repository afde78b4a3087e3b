#= adrepro
title: A matrix that is overwritten by its Cholesky factor
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/1604
tags: [cholesky, mutation, reverse]
checks:
  - call: Enzyme.gradient(Reverse, corner, A)[1]
    equals: lower_half_of_formula()
  - call: Enzyme.gradient(Forward, corner, A)[1]
    equals: lower_half_of_formula()
=#
using Enzyme, LinearAlgebra

A = [4.0 2.0; 2.0 5.0]
function corner(A)
    B = copy(A)
    factor = cholesky!(Hermitian(B, :L))
    return factor.L[2, 2]
end
# L[2, 2] is sqrt(a22 - a21^2 / a11); the upper half of A is not read.
function lower_half_of_formula()
    l = sqrt(5.0 - 4.0 / 4.0)
    return [2.0^2/4.0^2/2l 0.0; -2*2.0/4.0/2l 1/2l]
end
