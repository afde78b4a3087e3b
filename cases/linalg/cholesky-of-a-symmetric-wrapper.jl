#= adrepro
title: Log-determinant and solve through the Cholesky factor of a Symmetric matrix
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/1272
tags: [cholesky, symmetric, reverse]
checks:
  - call: Enzyme.gradient(Reverse, logdet_of, parameters)[1]
    equals: by_formula(parameters)
  - call: Enzyme.gradient(Reverse, misfit, parameters)[1]
=#
using Enzyme, LinearAlgebra

const directions = ([1.0 0.2; 0.2 0.0], [0.0 0.1; 0.1 1.0])
parameters = [2.0, 3.0]
covariance(p) = p[1] .* directions[1] .+ p[2] .* directions[2]
logdet_of(p) = logdet(cholesky(Symmetric(covariance(p))))
# The derivative of log det S in the direction D is the trace of S \ D.
by_formula(p) = [tr(covariance(p) \ D) for D in directions]
misfit(p) = (y = [1.0, -2.0]; dot(y, cholesky(Symmetric(covariance(p))) \ y))
