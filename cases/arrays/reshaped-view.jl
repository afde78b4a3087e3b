#= adrepro
title: A view of a vector, reshaped
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/979
tags: [reverse, view, reshape]
checks:
  - call: gradient(Reverse, f, [1.0, 2.0, 3.0, 4.0, 5.0])[1]
    value: [0.0, 3.0, 2.0, 0.0, 0.0]
=#
using Enzyme

function f(x)
    m = reshape(view(x, 1:4), 2, 2)
    return m[1, 2] * m[2, 1]
end
