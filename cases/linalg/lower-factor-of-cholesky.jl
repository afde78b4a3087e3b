#= adrepro
title: The lower factor of a Cholesky factorisation
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2103
tags: [cholesky, property]
checks:
  - call: autodiff(Reverse, f, Active, Active(2.0))[1][1]
    value: 0.6870870583764657
  - call: autodiff(Forward, f, Duplicated(2.0, 1.0))[1]
    value: 0.6870870583764657
=#
using Enzyme
using LinearAlgebra

f(t) = sum(cholesky(Symmetric([t 1.0; 1.0 t])).L)
