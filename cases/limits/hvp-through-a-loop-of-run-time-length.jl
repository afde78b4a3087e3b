#= adrepro
title: A Hessian-vector product through a loop whose number of turns is only known at run time
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2635
tags: [limit, nested, forward-over-reverse, loop]
checks:
  - call: slope_of_slope(2.0, 3)
    on:
      builtin:enzyme-0.13: fails ad.untyped-tape
  - call: slope(2.0, 3)
=#
using Enzyme

function damped(x, n)
    s = x
    for i in 1:n
        s = sin(s) * x
    end
    s
end
slope(x, n) = autodiff(Reverse, damped, Active, Active(x), Const(n))[1][1]
slope_of_slope(x, n) = autodiff(Forward, slope, Duplicated(x, 1.0), Const(n))[1]
