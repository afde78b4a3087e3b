#= adrepro
title: A NamedTuple of a number and a vector keeps both parts of its derivative
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/1316
tags: [reverse, NamedTuple, mixed]
checks:
  - call: slope((a=2.0, b=[1.0, 3.0])).b
    value: [8.0, 24.0]
  - call: slope((a=2.0, b=[1.0, 3.0])).a
    value: 40.0
=#
using Enzyme

f(p) = p.a^2 * sum(abs2, p.b)
function slope(p)
    shadow = Ref(make_zero(p))
    autodiff(Reverse, f, Active, MixedDuplicated(p, shadow))
    return shadow[]
end
