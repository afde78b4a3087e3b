#= adrepro
title: Slices, reshape, concatenation and matrix products in one function
tags: [reverse, forward, reshape, slices, vcat]
checks:
  - call: gradient(Reverse, f, x)[1] ≈ gradient(Forward, f, x)[1]
    value: true
  - call: gradient(Reverse, f, x)[1]
    value: [27.0, 23.0, 37.0, 25.0]
=#
using Enzyme

function f(x)
    A = reshape(x, 2, 2)
    B = vcat(A, 2 .* A[1:1, :])
    C = B * A
    return sum(C) + sum(C[3, :])
end
x = [1.0, 2.0, 3.0, 4.0]
