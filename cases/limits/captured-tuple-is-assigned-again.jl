#= adrepro
title: A captured variable that is assigned a tuple in a closure loses its gradient
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/3407
tags: [limit, closures, wrong-gradient]
checks:
  - call: slope(3.0)
    value: 8.0
    on:
      builtin:enzyme-0.13: wrong zero
=#
using Enzyme

function doubled_thrice(x)
    state = (x, x)
    step = () -> (state = (2 * state[1], state[2]); nothing)
    foreach(_ -> step(), 1:3)
    state[1]
end
slope(x) = autodiff(Reverse, doubled_thrice, Active, Active(x))[1][1]
