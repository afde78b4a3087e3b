#= adrepro
title: An array whose type inference does not see
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/630
tags: [reverse, dynamic-dispatch]
checks:
  - call: gradient(Reverse, x -> sum(Base.inferencebarrier(x) .^ 2), [1.0, 2.0])[1]
    value: [2.0, 4.0]
=#
using Enzyme
