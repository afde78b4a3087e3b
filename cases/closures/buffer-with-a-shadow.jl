#= adrepro
title: A closure over a buffer that it writes, passed with its shadow
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/1492
tags: [reverse, closure, buffer]
checks:
  - call: autodiff(Reverse, Duplicated(f, make_zero(f)), Active, Active(2.0))[1][1]
    value: 12.0
=#
using Enzyme

const f = let buffer = [0.0]
    function (x)
        buffer[1] = x^2
        return 3 * buffer[1]
    end
end
