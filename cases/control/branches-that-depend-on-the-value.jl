#= adrepro
title: Branches, ternaries and ifelse, each side checked
tags: [reverse, forward, if, ternary]
checks:
  - call: "[gradient(Reverse, f, x)[1] for x in (-2.0, 0.5, 3.0)]"
    value: [-4.0, 5.0, 7.0]
  - call: "[gradient(Forward, f, x)[1] for x in (-2.0, 0.5, 3.0)]"
    value: [-4.0, 5.0, 7.0]
  - call: gradient(Reverse, mixed, [1.0, -2.0, 3.0])[1]
    value: [2.0, 1.0, 6.0]
=#
using Enzyme

function f(x)
    if x < 0
        y = x^2
    elseif x < 1
        y = 5x
    else
        z = x > 2 ? 7.0 : 2.0
        y = z * x
    end
    return y
end
mixed(x) = sum(ifelse(v > 0, v^2, v) for v in x)
