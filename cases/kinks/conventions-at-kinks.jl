#= adrepro
title: What derivatives are taken to be where there is none
tags: [kink, abs, max, relu]
notes: Each check stands exactly on a kink, or on either side of one.
checks:
  - call: "[gradient(Reverse, abs, x)[1] for x in (-2.0, 3.0)]"
    value: [-1.0, 1.0]
  - call: "[gradient(Reverse, relu, x)[1] for x in (-2.0, 3.0)]"
    value: [0.0, 1.0]
  - call: gradient(Reverse, relu, 0.0)[1] == gradient(Forward, relu, 0.0)[1]
    value: true
  - call: gradient(Reverse, abs, 0.0)[1] == gradient(Forward, abs, 0.0)[1]
    value: true
  - call: autodiff(Reverse, max, Active, Active(1.0), Active(2.0))[1]
    value: [0.0, 1.0]
  - call: autodiff(Reverse, clamped, Active, Active(0.25))[1][1] + autodiff(Reverse, clamped, Active, Active(7.0))[1][1]
    value: 1.0
=#
using Enzyme

relu(x) = max(x, 0.0)
clamped(x) = clamp(x, 0.0, 1.0)
