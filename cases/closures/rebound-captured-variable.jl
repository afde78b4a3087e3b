#= adrepro
title: Nested derivative where the inner function rebinds a variable of the outer one
upstream: https://github.com/JuliaDiff/ForwardDiff.jl/issues/443
tags: [nested, forward, closure, perturbation-confusion]
notes: The perturbations of the two derivatives must not mix, even when the inner function leaves its value in the outer variable.
checks:
  - call: ForwardDiff.derivative(outer, 1.0)
    value: 1.0
  - call: ForwardDiff.derivative(x -> x * ForwardDiff.derivative(y -> x + y, 1.0), 1.0)
    value: 1.0
  - call: autodiff(Reverse, x -> x * autodiff(Reverse, y -> x + y, Active, Active(1.0))[1][1], Active, Active(1.0))[1][1]
    value: 1.0
  - call: autodiff(Forward, x -> x * autodiff(Forward, y -> x + y, Duplicated(1.0, 1.0))[1], Duplicated(1.0, 1.0))[1]
    value: 1.0
=#
using Enzyme
import ForwardDiff

function outer(x)
    function add(y)
        x = x + y
        return x
    end
    slope = ForwardDiff.derivative(add, 1.0)
    return slope * x
end
