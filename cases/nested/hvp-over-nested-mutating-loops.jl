#= adrepro
title: A Hessian product of nested loops that overwrite an array
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2542
tags: [nested, hvp, mutation, loop]
checks:
  - call: hvp(sweep, [1.0, 2.0, 3.0], [1.0, 0.0, 0.0])
    equals: "numerical([1.0, 2.0, 3.0], [1.0, 0.0, 0.0])"
=#
using Enzyme

function sweep(x)
    y = copy(x)
    for k in 1:2
        for i in 2:length(y)
            y[i] = y[i] * y[i-1] + k
        end
    end
    return sum(y)
end
# The second difference of a polynomial of low degree, by hand: d/dx₁ of the gradient.
function numerical(x, v)
    g(t) = gradient(Reverse, sweep, x .+ t .* v)[1]
    return (8 .* (g(0.5) .- g(-0.5)) .- (g(1.0) .- g(-1.0))) ./ 6
end
