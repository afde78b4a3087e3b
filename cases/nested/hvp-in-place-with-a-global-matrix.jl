#= adrepro
title: hvp! of a quadratic form whose matrix is an untyped global
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/1597
tags: [nested, hvp, global]
checks:
  - call: product([1.0, 2.0], [1.0, 0.0])
    value: [4.0, 5.0]
=#
using Enzyme

A = [2.0 1.0; 4.0 3.0]
form(x) = x' * A * x
function product(x, v)
    out = similar(x)
    hvp!(out, form, x, v)
    return out
end
