#= adrepro
title: A second derivative whose body calls an undefined name says so
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/1870
tags: [nested, errors]
checks:
  - call: message(1.0)
    value: undefined_helper
=#
using Enzyme

f(x) = undefined_helper(x) + x^2
second(x) = autodiff(Forward, y -> autodiff(Reverse, f, Active, Active(y))[1][1], Duplicated(x, 1.0))[1]
function message(x)
    try
        return second(x)
    catch err
        return err isa UndefVarError ? String(err.var) : err
    end
end
