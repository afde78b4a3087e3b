#= adrepro
title: Gradients of gradients whose arguments are used more than once
upstream: https://github.com/FluxML/Zygote.jl/issues/937
tags: [nested, zygote, accumulation]
checks:
  - call: Zygote.gradient(penalty, [1.0, 2.0])[1]
    value: [53.0, 22.0]
  - call: Zygote.hessian(energy, [1.0, 2.0])
    value: [[4.0, 2.0], [2.0, 0.0]]
=#
import Zygote

energy(x) = x[1]^2 * x[2] + x[1] - x[2]
# The gradient is (2 x1 x2 + 1, x1^2 - 1), and x is used again beside it.
penalty(x) = (g = Zygote.gradient(energy, x)[1]; sum(abs2, g) + x[1] * g[1] + x[2] * g[2])
