#= adrepro
title: A gradient written in place is differentiated in reverse mode
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2294
tags: [nested, reverse, mutation, closure]
checks:
  - call: outer([1.0, 2.0, 3.0])
    equals: "[6.0, 12.0, 18.0]"
=#
using Enzyme

inner(x) = sum(x .^ 3)
function of_gradient(x)
    dx = zero(x)
    autodiff(Reverse, inner, Active, Duplicated(x, dx))
    return sum(dx)
end
function outer(x)
    dx = zero(x)
    autodiff(Reverse, of_gradient, Active, Duplicated(x, dx))
    return dx
end
