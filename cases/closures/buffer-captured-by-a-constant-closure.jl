#= adrepro
title: A constant closure with a buffer never loses the gradient without a word; duplicated it is right
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/3124
tags: [reverse, closure, mutation]
checks:
  - call: refused_or_right()
    value: true
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
function refused_or_right()
    try
        return autodiff(Reverse, squares([0.0]), Active, Active(2.0))[1][1] == 12.0
    catch err
        return err isa Enzyme.Compiler.EnzymeMutabilityException
    end
end
