#= adrepro
title: A Hessian-vector product through shifts of integers and powers of two
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/3368
tags: [nested, hvp, integers]
checks:
  - call: Enzyme.hvp(energy, [1.0, -2.0], [1.0, 0.5])
    value: [12.0, -7.0]
=#
using Enzyme

# 4 x1^2 + x1^2 * x2^2 + 8 x2: the weights are made by shifting bits.
function energy(x)
    total = 0.0
    for k in 1:2
        total += (1 << (k + 1)) * (k == 1 ? x[1]^2 : 2.0 * x[2] / 2)
    end
    return total + (x[1] * x[2])^2
end
