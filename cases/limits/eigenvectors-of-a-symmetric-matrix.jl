#= adrepro
title: Forward mode through the eigenvectors of a symmetric matrix
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2264
tags: [limit, linalg, forward]
checks:
  - call: bend(1.0)
    on:
      builtin:enzyme-0.13: fails ad.foreign-operation
=#
using Enzyme, LinearAlgebra

first_component(t) = abs(eigvecs(Symmetric([2.0 t; t 5.0]))[1, 1])
bend(t) = autodiff(Forward, first_component, Duplicated(t, 1.0))[1]
