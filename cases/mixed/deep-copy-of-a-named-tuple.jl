#= adrepro
title: A NamedTuple is copied deeply before it is used
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2429
tags: [reverse, deepcopy, NamedTuple]
checks:
  - call: slope((w=[1.0, 2.0], b=[3.0]))
    value: {w: [2.0, 4.0], b: [1.0]}
=#
using Enzyme

function f(p)
    q = deepcopy(p)
    q.w .*= q.w
    return sum(q.w) + q.b[1]
end
function slope(p)
    shadow = make_zero(p)
    autodiff(Reverse, f, Active, Duplicated(p, shadow))
    return shadow
end
