#= adrepro
title: A callable of unknown type with keywords behind a function that is not inlined
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/3589
tags: [reverse, dynamic, keywords]
checks:
  - call: autodiff(Reverse, f, Active, Active(2.0))[1][1]
    value: 13.0
=#
using Enzyme

@noinline barrier(g, args...; kwargs...) = g(args...; kwargs...)
cubed(x; scale=1.0) = scale * x^3
function f(x)
    callables = Any[cubed, x -> x]
    return barrier(callables[1], x; scale=1.0) + barrier(callables[2], x)
end
