#= adrepro
title: A closure notes in an array that it holds how far it came, and is passed without an annotation
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2360
tags: [limit, closures, mutation]
checks:
  - call: slope(2.0)
    value: 12.0
    on:
      builtin:enzyme-0.13: fails ad.closure-written
  - call: slope_of_const(2.0)
    value: 12.0
    on:
      builtin:enzyme-0.13: pass
=#
using Enzyme

function cube_with_log()
    steps = [0.0]
    function (x)
        steps[1] = 3.0
        x^3
    end
end
slope(x) = autodiff(Reverse, cube_with_log(), Active, Active(x))[1][1]
slope_of_const(x) = autodiff(Reverse, Const(cube_with_log()), Active, Active(x))[1][1]
