#= adrepro
title: A function that catches a DomainError is differentiated where nothing is thrown
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/3084
tags: [limit, control, try]
checks:
  - call: slope(4.0)
    value: 0.25
    on:
      builtin:enzyme-0.13: fails ad.exception-frame
      builtin:zygote: fails ad.try-catch
=#
using Enzyme

function guarded_root(x)
    try
        return sqrt(x)
    catch err
        err isa DomainError || rethrow()
        return zero(x)
    end
end
slope(x) = autodiff(Reverse, guarded_root, Active, Active(x))[1][1]
