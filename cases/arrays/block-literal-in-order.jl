#= adrepro
title: A matrix literal of elements of a vector
upstream: https://github.com/FluxML/Zygote.jl/issues/211
tags: [gradient, hvcat]
checks:
  - call: gradient(Reverse, f, ones(4))[1]
    value: [1.0, 2.0, 3.0, 4.0]
  - call: Zygote.gradient(f, ones(4))[1]
    value: [1.0, 2.0, 3.0, 4.0]
=#
using Enzyme
import Zygote

f(x) = sum([x[1] x[2]; x[3] x[4]] .* [1.0 2.0; 3.0 4.0])
