#= adrepro
title: Reshape and a broadcast polynomial beside a constant array
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2473
tags: [reverse, reshape, const]
checks:
  - call: slope([1.0, 2.0, 3.0, 4.0], ones(2, 2))
    value: [4.0, 7.0, 10.0, 13.0]
  - call: C
    value: [[1.0, 2.0], [3.0, 4.0]]
=#
using Enzyme

f(x, c) = (X = reshape(x, 2, 2); sum(c .+ X .+ 1.5 .* X .^ 2 .* c))
function slope(x, c)
    dx = zero(x)
    autodiff(Reverse, f, Active, Duplicated(x, dx), Const(c))
    return dx
end
C = [1.0 2.0; 3.0 4.0]
slope([1.0, 1.0, 1.0, 1.0], C)
