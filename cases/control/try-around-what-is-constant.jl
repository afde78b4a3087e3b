#= adrepro
title: A caught error in code that does not depend on the argument
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/3084
tags: [reverse, forward, try]
checks:
  - call: autodiff(Reverse, f, Active, Active(3.0), Const("2.5"))[1][1]
    value: 15.0
  - call: autodiff(Reverse, f, Active, Active(3.0), Const("none"))[1][1]
    value: 6.0
  - call: autodiff(Forward, f, Duplicated(3.0, 1.0), Const("none"))[1]
    value: 6.0
=#
using Enzyme

function factor(text)
    try
        return parse(Float64, text)
    catch
        return 1.0
    end
end
f(x, text) = factor(text) * x^2
