#= adrepro
title: An in-place function that returns what it filled, or nothing
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/1610
tags: [mutation, api, reverse]
notes: Upstream doubles the gradient when the array is returned as well and its shadow is seeded twice. With a constant return it is counted once.
checks:
  - call: gradient_of(fill_and_return!)
    value: [2.0, 4.0, 6.0]
  - call: gradient_of(fill_only!)
    value: [2.0, 4.0, 6.0]
=#
using Enzyme

fill_and_return!(y, x) = y .= x .^ 2
fill_only!(y, x) = (y .= x .^ 2; return nothing)
function gradient_of(f!)
    x, x_shadow = [1.0, 2.0, 3.0], zeros(3)
    autodiff(Reverse, f!, Const, Duplicated(zeros(3), ones(3)), Duplicated(x, x_shadow))
    return x_shadow
end
