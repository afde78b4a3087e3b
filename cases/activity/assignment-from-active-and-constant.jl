#= adrepro
title: x .= y .+ z with a constant z
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/885
tags: [reverse, mutation, const]
checks:
  - call: adjoints()
    value: [[0.0, 0.0], [1.0, 2.0]]
=#
using Enzyme

function add!(x, y, z)
    x .= y .+ z
    return nothing
end
function adjoints()
    x, y, z = zeros(2), [1.0, 2.0], [5.0, 6.0]
    dx, dy = [1.0, 2.0], zeros(2)
    autodiff(Reverse, add!, Duplicated(x, dx), Duplicated(y, dy), Const(z))
    return [dx, dy]
end
