#= adrepro
title: Nodes that hold dictionaries of nodes
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/276
tags: [reverse, dict, recursive-struct]
checks:
  - call: autodiff(Reverse, total, Active, Const(root), Active(2.0))[1][2]
    value: 74.0
=#
using Enzyme

struct Node
    value::Float64
    children::Dict{Symbol,Node}
end
leaf(v) = Node(v, Dict{Symbol,Node}())
root = Node(2.0, Dict(:a => Node(3.0, Dict(:b => leaf(5.0)))))
function total(n, x)
    s = n.value
    for c in values(n.children)
        s += total(c, x)
    end
    return s * x
end
