#= adrepro
title: 'The hessian of a function that `splat` made'
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/1942
tags: [hessian, splat, varargs]
checks:
  - call: jacobian(Forward, x -> gradient(Reverse, Base.splat(f), x)[1], [1.0, 2.0])[1]
    value: [[4.0, 2.0], [2.0, 0.0]]
=#
using Enzyme

f(x, y) = x^2 * y
