#= adrepro
title: A list holds a constant array beside one that is differentiated
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2473
tags: [limit, runtime-activity, arrays]
checks:
  - call: slopes(Reverse, [1.0, 2.0], [3.0, 4.0])
    value: [3.0, 0.0]
    on:
      builtin:enzyme-0.13: fails ad.runtime-activity
  - call: slopes(set_runtime_activity(Reverse), [1.0, 2.0], [3.0, 4.0])
    value: [3.0, 0.0]
    on:
      builtin:enzyme-0.13: pass
=#
using Enzyme

product_of_firsts(x, c, k) = (both = [x, c]; both[k][1] * both[3 - k][1])
function slopes(mode, x, c)
    dx = zero(x)
    autodiff(mode, Const(product_of_firsts), Active, Duplicated(x, dx), Const(c), Const(1))
    dx
end
