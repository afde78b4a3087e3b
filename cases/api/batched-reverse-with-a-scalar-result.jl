#= adrepro
title: Two shadows in reverse mode and an active result
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/3382
tags: [reverse, batch]
checks:
  - call: both([1.0, 2.0])
    value: [[2.0, 2.0], [4.0, 4.0]]
=#
using Enzyme

function both(x)
    shadows = (zero(x), zero(x))
    autodiff(Reverse, x -> sum(abs2, x), Active, BatchDuplicated(x, shadows))
    return hcat(shadows...)
end
