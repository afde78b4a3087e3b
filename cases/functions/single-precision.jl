#= adrepro
title: Arithmetic in single precision keeps its precision, and its derivatives are right
tags: [functions, float32]
checks:
  - call: autodiff(Reverse, mixture, Active, Active(1.5f0), Active(0.5f0))[1]
    value: [5.5, -5.5]
  - call: "[autodiff(Forward, mixture, Duplicated(1.5f0, 1.0f0), Const(0.5f0))[1], autodiff(Forward, mixture, Const(1.5f0), Duplicated(0.5f0, 1.0f0))[1]]"
    value: [5.5, -5.5]
  - call: autodiff(Reverse, chosen, Active, Active(1.5f0), Active(0.5f0))[1]
    value: [2.0, 0.0]
  - call: autodiff(Reverse, chosen, Active, Active(0.25f0), Active(0.5f0))[1]
    value: [0.0, -3.0]
  - call: gradient(Reverse, there_and_back, 0.75)[1]
    value: 1.5
  - call: gradient(Forward, there_and_back, 0.75)[1]
    value: 1.5
  - call: gradient(Reverse, sum_of_squares, Float32[1.5, -2.0, 0.25])[1]
    value: [3.0, -4.0, 0.5]
=#
using Enzyme

mixture(a, b) = a * a + a / b - (-b) * a - b
chosen(a, b) = ifelse(a > b, 2a, -3b)
there_and_back(x) = Float64(Float32(x))^2

function sum_of_squares(x)
    s = 0.0f0
    for v in x
        s += v * v
    end
    return s
end
