#= adrepro
title: Derivatives of the elementary functions beside their formulas, in both modes
tags: [functions, exp, log, trigonometric, hyperbolic]
checks:
  - call: "[gradient(Reverse, f, 0.7)[1] for f in everywhere]"
    equals: "[exp(0.7), log(2) * exp2(0.7), log(10) * exp10(0.7), exp(0.7), 1 / (3 * cbrt(0.7)^2), cos(0.7), -sin(0.7), 1 + tan(0.7)^2, 1 / (1 + 0.7^2), cosh(0.7), sinh(0.7), 1 - tanh(0.7)^2, 1 / sqrt(0.7^2 + 1), -1.0]"
  - call: "[gradient(Forward, f, 0.7)[1] for f in everywhere]"
    equals: "[exp(0.7), log(2) * exp2(0.7), log(10) * exp10(0.7), exp(0.7), 1 / (3 * cbrt(0.7)^2), cos(0.7), -sin(0.7), 1 + tan(0.7)^2, 1 / (1 + 0.7^2), cosh(0.7), sinh(0.7), 1 - tanh(0.7)^2, 1 / sqrt(0.7^2 + 1), -1.0]"
  - call: "[gradient(Reverse, f, 0.4)[1] for f in inside]"
    equals: "[1 / (2 * sqrt(0.4)), 1 / 0.4, 1 / (0.4 * log(2)), 1 / (0.4 * log(10)), 1 / 1.4, 1 / sqrt(1 - 0.4^2), -1 / sqrt(1 - 0.4^2), 1 / (1 - 0.4^2)]"
  - call: "[gradient(Forward, f, 0.4)[1] for f in inside]"
    equals: "[1 / (2 * sqrt(0.4)), 1 / 0.4, 1 / (0.4 * log(2)), 1 / (0.4 * log(10)), 1 / 1.4, 1 / sqrt(1 - 0.4^2), -1 / sqrt(1 - 0.4^2), 1 / (1 - 0.4^2)]"
  - call: gradient(Reverse, acosh, 1.6)[1] + gradient(Forward, acosh, 1.6)[1]
    equals: 2 / sqrt(1.6^2 - 1)
  - call: autodiff(Reverse, atan, Active, Active(0.5), Active(2.0))[1]
    value: [0.47058823529411764, -0.11764705882352941]
  - call: autodiff(Reverse, hypot, Active, Active(3.0), Active(4.0))[1]
    value: [0.6, 0.8]
  - call: autodiff(Reverse, ^, Active, Active(1.5), Active(2.5))[1]
    equals: (2.5 * 1.5^1.5, 1.5^2.5 * log(1.5))
  - call: autodiff(Reverse, rem, Active, Active(7.5), Active(2.0))[1]
    value: [1.0, -3.0]
  - call: autodiff(Reverse, min, Active, Active(2.0), Active(1.0))[1]
    value: [0.0, 1.0]
  - call: autodiff(Reverse, copysign, Active, Active(2.0), Active(-1.0))[1]
    value: [-1.0, 0.0]
=#
using Enzyme

const everywhere = (exp, exp2, exp10, expm1, cbrt, sin, cos, tan, atan, sinh, cosh, tanh, asinh, -)
const inside = (sqrt, log, log2, log10, log1p, asin, acos, atanh)
