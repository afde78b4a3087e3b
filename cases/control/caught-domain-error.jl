#= adrepro
title: The branch of a caught DomainError is differentiated
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/905
tags: [reverse, forward, try]
checks:
  - call: autodiff(Reverse, guarded, Active, Active(-3.0))[1][1]
    value: -6.0
  - call: autodiff(Reverse, guarded, Active, Active(4.0))[1][1]
    value: 0.25
  - call: autodiff(Forward, guarded, Duplicated(-3.0, 1.0))[1]
    value: -6.0
=#
using Enzyme

function guarded(x)
    try
        return sqrt(x)
    catch err
        err isa DomainError || rethrow()
        return x^2
    end
end
