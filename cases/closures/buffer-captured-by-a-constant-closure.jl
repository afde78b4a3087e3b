#= adrepro
title: A closure with a buffer keeps its gradient, constant as well as duplicated
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/3124
tags: [reverse, closure, mutation]
checks:
  - call: constant()
    value: 12.0
  - call: duplicated()
    value: 12.0
=#
using Enzyme

function squares(buffer)
    return function (x)
        buffer[1] = x^2
        return 3 * buffer[1]
    end
end
duplicated() = autodiff(Reverse, Duplicated(squares([0.0]), squares([0.0])), Active, Active(2.0))[1][1]
constant() = autodiff(Reverse, squares([0.0]), Active, Active(2.0))[1][1]
