#= adrepro
title: A function that can only throw is differentiated
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/1870
tags: [limit, errors]
checks:
  - call: message(2.0)
    value: not today
    on:
      builtin:enzyme-0.13: wrong other
=#
using Enzyme

refusing(x) = error("not today")
function message(x)
    try
        autodiff(Reverse, refusing, Active, Active(x))
    catch err
        return err.msg
    end
end
