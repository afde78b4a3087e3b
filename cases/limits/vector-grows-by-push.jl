#= adrepro
title: A vector grows by push!
upstream: https://github.com/FluxML/Zygote.jl/issues/147
tags: [limit, mutation, zygote]
checks:
  - call: slope(3.0)
    value: 3.0
    on:
      builtin:zygote: fails ad.resized-array
=#
using Zygote

function pushed(x)
    y = Float64[]
    push!(y, x)
    push!(y, 2 * x)
    sum(y)
end
slope(x) = Zygote.gradient(pushed, x)[1]
