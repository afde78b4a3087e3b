#= adrepro
title: Several tangents in one forward call
tags: [api, forward, batch]
checks:
  - call: autodiff(Forward, f, BatchDuplicated(3.0, (1.0, 2.0)))[1][1]
    value: 6.0
  - call: values(autodiff(ForwardWithPrimal, f, BatchDuplicated(3.0, (1.0, 2.0)))[1])
    value: [6.0, 12.0]
  - call: autodiff(ForwardWithPrimal, f, BatchDuplicated(3.0, (1.0, 2.0)))[2]
    value: 9.0
=#
using Enzyme

f(x) = x^2
