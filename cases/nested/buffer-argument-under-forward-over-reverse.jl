#= adrepro
title: Forward over reverse of a function that writes to a cache it is given
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/3448
tags: [nested, mutation, cache]
checks:
  - call: product([1.0, 2.0, 3.0], [1.0, 1.0, 0.0])
    value: [6.0, 12.0, 0.0]
=#
using Enzyme

function f(x, cache)
    cache .= x .^ 2
    return sum(cache .* x)
end
function slope(x)
    dx = zero(x)
    autodiff(Reverse, f, Active, Duplicated(x, dx), Duplicated(zero(x), zero(x)))
    return dx
end
product(x, v) = autodiff(Forward, slope, Duplicated(x, v))[1]
