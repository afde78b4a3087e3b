#= adrepro
title: A captured variable is assigned again in a closure
upstream: https://github.com/FluxML/Zygote.jl/issues/1290
tags: [limit, closures, zygote]
checks:
  - call: slope(3.0)
    value: 8.0
    on:
      builtin:zygote: fails ad.boxed-variable
=#
using Zygote

function doubled_thrice(x)
    state = x
    step = () -> (state = 2 * state; nothing)
    foreach(_ -> step(), 1:3)
    state
end
slope(x) = Zygote.gradient(doubled_thrice, x)[1]
