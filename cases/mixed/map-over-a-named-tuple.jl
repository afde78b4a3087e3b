#= adrepro
title: '`map` over a NamedTuple'
upstream: https://github.com/FluxML/Zygote.jl/issues/1072
tags: [gradient, namedtuple, map]
checks:
  - call: Zygote.gradient(x -> sum(map(abs2, (a = x, b = 2x))), 1.0)[1]
    value: 10.0
=#
using Enzyme
import Zygote
