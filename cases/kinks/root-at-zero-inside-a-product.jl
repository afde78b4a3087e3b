#= adrepro
title: A root at zero whose factor is zero as well
upstream: https://github.com/FluxML/Zygote.jl/issues/1101
tags: [sqrt, kink, nan]
notes: A root at zero has an infinite derivative for Zygote. Where nothing comes back to it, it gives nothing; where something does, infinity meets the zero of the square.
checks:
  - call: Zygote.gradient(x -> x * sqrt(x), 0.0)[1]
    value: 0.0
  - call: all(isnan, Zygote.gradient(distance, [1.0, 2.0], [1.0, 2.0])[1])
    value: true
  - call: Zygote.gradient(distance, [4.0, 2.0], [1.0, -2.0])[1]
    value: [0.6, 0.8]
=#
import Zygote

distance(x, y) = sqrt(sum(abs2, x .- y))
