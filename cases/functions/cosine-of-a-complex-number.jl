#= adrepro
title: The real part of the cosine of a complex number
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/875
tags: [reverse, complex]
checks:
  - call: reim(autodiff(Reverse, z -> real(cos(z)), Active, Active(1.0 + 1.0im))[1][1])
    value: [-1.2984575814159773, 0.6349639147847361]
=#
using Enzyme
