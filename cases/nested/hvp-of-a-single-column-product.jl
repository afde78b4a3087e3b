#= adrepro
title: Forward over reverse of a product that is written into a matrix of one column
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/3450
tags: [nested, matrix, mutation]
checks:
  - call: hvp([1.0 2.0; 3.0 4.0], [1.0 0.0; 0.0 0.0])
    value: [[2.0, 4.0], [0.0, 0.0]]
=#
using Enzyme

function loss(W, inputs, output)
    output .= W * inputs
    return sum(abs2, output)
end
function hvp(W, V)
    inputs, output = reshape([1.0, 2.0], 2, 1), zeros(2, 1)
    W_shadow, product = zero(W), zero(W)
    gradient!(W, G, out, out_shadow) =
        (autodiff_deferred(Reverse, Const(loss), Active, Duplicated(W, G), Const(inputs), Duplicated(out, out_shadow)); nothing)
    autodiff(Forward, Const(gradient!), Duplicated(W, V), Duplicated(W_shadow, product), Duplicated(output, zero(output)), Duplicated(zero(output), zero(output)))
    return product
end
