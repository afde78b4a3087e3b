#= adrepro
title: A comprehension with an element type
upstream: https://github.com/FluxML/Zygote.jl/issues/1343
tags: [limit, mutation, zygote]
checks:
  - call: slope(typed, 3.0)
    value: 6.0
    on:
      builtin:zygote: fails ad.typed-comprehension
  - call: slope(untyped, 3.0)
    value: 6.0
    on:
      builtin:zygote: pass
=#
using Zygote

typed(x) = sum(Float64[i * x for i in 1:3])
untyped(x) = sum([i * x for i in 1:3])
slope(f, x) = Zygote.gradient(f, x)[1]
