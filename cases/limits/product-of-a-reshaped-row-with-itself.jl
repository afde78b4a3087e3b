#= adrepro
title: The product of a row, made by reshaping a vector, with itself loses half of its gradient
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2867
tags: [limit, linalg, wrong-gradient]
checks:
  - call: slopes([1.0, 2.0, 3.0])
    value: [12.0, 12.0, 12.0]
    on:
      builtin:enzyme-0.13: wrong factor 1/2
=#
using Enzyme

function sum_of_products(x)
    y = reshape(x, 1, length(x))
    sum(y' * y)
end
slopes(x) = gradient(Reverse, sum_of_products, x)[1]
