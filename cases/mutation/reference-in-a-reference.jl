#= adrepro
title: A number behind two references
upstream: https://github.com/FluxML/Zygote.jl/issues/1111
tags: [gradient, ref]
checks:
  - call: Zygote.gradient(x -> Ref(Ref(x))[][]^2, 3.0)[1]
    value: 6.0
  - call: autodiff(Reverse, x -> Ref(Ref(x))[][]^2, Active, Active(3.0))[1][1]
    value: 6.0
=#
using Enzyme
import Zygote
