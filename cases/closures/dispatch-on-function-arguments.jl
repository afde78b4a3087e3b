#= adrepro
title: Functions passed as arguments, with defaults and keywords
tags: [reverse, closure, keyword, default]
checks:
  - call: gradient(Reverse, x -> apply(sin, x), 0.5)[1]
    equals: 2cos(0.5)
  - call: gradient(Reverse, x -> apply(sin, x, 3.0; shift = x), 0.5)[1]
    equals: 3cos(0.5) + 1
  - call: gradient(Forward, x -> apply(y -> y^3, x; shift = 2x), 2.0)[1]
    value: 26.0
=#
using Enzyme

apply(f, x, scale = 2.0; shift = 0.0) = scale * f(x) + shift
