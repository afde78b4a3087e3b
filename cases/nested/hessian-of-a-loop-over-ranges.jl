#= adrepro
title: A Hessian product of a loop that indexes by a vector of ranges
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/1762
tags: [nested, hvp, ranges, loop]
checks:
  - call: hvp(blocks, [1.0, 2.0, 3.0, 4.0], [1.0, 0.0, 0.0, 1.0])
    value: [2.0, 2.0, 2.0, 2.0]
=#
using Enzyme

const parts = [1:2, 3:4]
function blocks(x)
    total = zero(eltype(x))
    for r in parts
        total += sum(x[r])^2
    end
    return total
end
