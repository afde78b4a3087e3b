#= adrepro
title: A Cholesky factorisation without rows
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2033
tags: [reverse, cholesky, empty]
checks:
  - call: autodiff(Reverse, f, Active, Active(3.0))[1][1]
    value: 6.0
=#
using Enzyme
using LinearAlgebra

f(x) = x^2 + logdet(cholesky(Symmetric(fill(x, 0, 0))))
