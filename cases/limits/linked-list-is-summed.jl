#= adrepro
title: A linked list is an argument, and its type nests without end
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/1762
tags: [limit, types, warning]
notes: The limit warns, and the derivative is right all the same.
checks:
  - call: slope(3.0)
    value: 2.0
    on:
      builtin:enzyme-0.13: pass
=#
using Enzyme

mutable struct Link
    value::Float64
    next::Union{Nothing,Link}
end
function total(list, x)
    s = 0.0
    at = list
    while at !== nothing
        s += at.value * x
        at = at.next
    end
    s
end
function slope(x)
    list = Link(1.0, Link(1.0, nothing))
    autodiff(Reverse, Const(total), Active, Duplicated(list, Link(0.0, Link(0.0, nothing))), Active(x))[1][2]
end
